package dev.latchkey.interop;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.URI;
import java.util.Map;

/**
 * The device authorization grant by hand: what the tests of the servers themselves speak, so that
 * these stand without Latchkey.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8628#section-3">RFC 8628 §3</a>
 */
final class RawDeviceFlow {
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";
  private static final int DEFAULT_INTERVAL = 5;

  private final URI tokenEndpoint;
  private final String clientId;
  private final JsonObject authorization;

  private RawDeviceFlow(URI tokenEndpoint, String clientId, JsonObject authorization) {
    this.tokenEndpoint = tokenEndpoint;
    this.clientId = clientId;
    this.authorization = authorization;
  }

  /** Begins, asking for a refresh token that outlives the user's session. */
  static RawDeviceFlow begin(URI issuer, String clientId) {
    return begin(issuer, clientId, "openid offline_access");
  }

  /** Begins at an authorization server found by its OpenID Connect discovery. */
  static RawDeviceFlow begin(URI issuer, String clientId, String scope) {
    JsonObject metadata = discover(issuer);
    JsonObject authorization =
        RawHttp.postForm(
                uri(metadata, "device_authorization_endpoint"),
                Map.of("client_id", clientId, "scope", scope))
            .orFail("the device authorization endpoint")
            .json();
    return new RawDeviceFlow(uri(metadata, "token_endpoint"), clientId, authorization);
  }

  URI verificationUri() {
    return uri(authorization, "verification_uri");
  }

  String userCode() {
    return authorization.get("user_code").getAsString();
  }

  /** The interval in seconds. */
  int interval() {
    JsonElement interval = authorization.get("interval");
    return interval == null ? DEFAULT_INTERVAL : interval.getAsInt();
  }

  /** The lifetime of the codes in seconds. */
  int lifetime() {
    return authorization.get("expires_in").getAsInt();
  }

  /** Lets a person approve, and takes the tokens. */
  JsonObject signIn(Person person) {
    person.approve(verificationUri(), userCode());
    return poll().orFail("the token endpoint").json();
  }

  /** Asks for the tokens once. */
  RawHttp.Answer poll() {
    return RawHttp.postForm(
        tokenEndpoint,
        Map.of(
            "grant_type", GRANT,
            "client_id", clientId,
            "device_code", authorization.get("device_code").getAsString()));
  }

  /** Redeems a refresh token that came by another way. */
  static RawHttp.Answer refresh(URI issuer, String clientId, String refreshToken) {
    return redeem(uri(discover(issuer), "token_endpoint"), clientId, refreshToken);
  }

  private static RawHttp.Answer redeem(URI tokenEndpoint, String clientId, String refreshToken) {
    return RawHttp.postForm(
        tokenEndpoint,
        Map.of(
            "grant_type", "refresh_token",
            "client_id", clientId,
            "refresh_token", refreshToken));
  }

  /** Redeems the refresh token of an answer. */
  RawHttp.Answer refresh(JsonObject tokens) {
    return redeem(tokenEndpoint, clientId, tokens.get("refresh_token").getAsString());
  }

  private static JsonObject discover(URI issuer) {
    return RawHttp.get(URI.create(issuer + "/.well-known/openid-configuration"))
        .orFail("discovery")
        .json();
  }

  private static URI uri(JsonObject members, String name) {
    return URI.create(members.get(name).getAsString());
  }
}
