package dev.latchkey.testkit.internal.oauth;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.grant.Directory;
import dev.latchkey.testkit.internal.grant.ServerSettings;
import dev.latchkey.testkit.internal.http.Handler;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import dev.latchkey.testkit.internal.http.Request;

/**
 * The server's metadata, with the members that Entra ID's has, and no others.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414">RFC 8414</a>
 */
final class DiscoveryHandler implements Handler {

  private final ServerSettings settings;
  private final Directory directory;

  DiscoveryHandler(ServerSettings settings, Directory directory) {
    this.settings = settings;
    this.directory = directory;
  }

  @Override
  public HttpAnswer answer(Request request) {
    var tenant = directory.tenant(request.captured());
    String base = request.baseUrl() + "/" + tenant.canonicalSegment();
    var body = new JsonObject();
    body.addProperty("token_endpoint", base + "/oauth2/v2.0/token");
    body.add(
        "token_endpoint_auth_methods_supported",
        array("client_secret_post", "private_key_jwt", "client_secret_basic"));
    body.addProperty("jwks_uri", base + "/discovery/v2.0/keys");
    body.add("response_modes_supported", array("query", "fragment", "form_post"));
    body.add("subject_types_supported", array("pairwise"));
    body.add(
        "id_token_signing_alg_values_supported", array(settings.signedIdTokens ? "HS256" : "none"));
    body.add("response_types_supported", array("code"));
    body.add("scopes_supported", array("openid", "profile", "email", "offline_access"));
    body.addProperty("issuer", request.baseUrl() + "/" + tenant.id() + "/v2.0");
    body.addProperty("request_uri_parameter_supported", false);
    body.addProperty("userinfo_endpoint", request.baseUrl() + "/oidc/userinfo");
    body.addProperty("authorization_endpoint", base + "/oauth2/v2.0/authorize");
    body.addProperty("device_authorization_endpoint", base + "/oauth2/v2.0/devicecode");
    body.add(
        "claims_supported",
        array(
            "sub",
            "iss",
            "aud",
            "exp",
            "iat",
            "name",
            "preferred_username",
            "oid",
            "tid",
            "email"));
    if (settings.revocationEndpoint) {
      body.addProperty("revocation_endpoint", base + "/oauth2/v2.0/revoke");
    }
    return HttpAnswer.json(200, body);
  }

  /** No keys, since HS256 has no public key. */
  static HttpAnswer keys() {
    var body = new JsonObject();
    body.add("keys", new JsonArray());
    return HttpAnswer.json(200, body);
  }

  private static JsonArray array(String... values) {
    var array = new JsonArray();
    for (String value : values) {
      array.add(value);
    }
    return array;
  }
}
