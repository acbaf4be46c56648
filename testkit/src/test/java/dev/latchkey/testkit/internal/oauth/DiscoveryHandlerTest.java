package dev.latchkey.testkit.internal.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testkit.TestUser;
import dev.latchkey.testkit.fixture.ServerFixture;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;

class DiscoveryHandlerTest extends ServerFixture {

  private static final String OPENID = "/v2.0/.well-known/openid-configuration";

  @Test
  void commonHasEntrasIssuerTemplate() throws Exception {
    var metadata = app.get("/common" + OPENID);

    String base = server.baseUrl() + "/common/oauth2/v2.0/";
    assertThat(metadata.get("issuer")).isEqualTo(server.baseUrl() + "/{tenantid}/v2.0");
    assertThat(metadata.get("token_endpoint")).isEqualTo(base + "token");
    assertThat(metadata.get("device_authorization_endpoint")).isEqualTo(base + "devicecode");
  }

  @Test
  void tenantsIssuerHasItsId() throws Exception {
    String id = TestUser.of(ADELE).tenantId();

    var byId = app.get("/" + id + OPENID);
    var byDomain = app.get("/contoso.example" + OPENID);
    var consumers = app.get("/consumers" + OPENID);

    assertThat(byId.get("issuer")).isEqualTo(server.issuer("contoso.example").toString());
    assertThat(byDomain.body()).isEqualTo(byId.body());
    assertThat(consumers.get("issuer")).contains(TestUser.PERSONAL_TENANT);
  }

  @Test
  void metadataLacksWhatEntrasLacks() throws Exception {
    var metadata = app.get("/common" + OPENID);

    assertThat(metadata.json().keySet())
        .doesNotContain("revocation_endpoint", "introspection_endpoint", "grant_types_supported");
    assertThat(metadata.json().get("token_endpoint_auth_methods_supported").toString())
        .doesNotContain("none");
  }

  @Test
  void rfc8414PlaceIsThereOnlyWithRevocation() throws Exception {
    String id = TestUser.of(ADELE).tenantId();
    String path = "/.well-known/oauth-authorization-server/" + id + "/v2.0";
    var before = app.get(path);

    server.settings().revocationEndpoint(true);
    var after = app.get(path);

    assertThat(before.status()).isEqualTo(404);
    assertThat(after.get("issuer")).isEqualTo(server.issuer("contoso.example").toString());
    assertThat(after.get("revocation_endpoint"))
        .isEqualTo(server.baseUrl() + "/" + id + "/oauth2/v2.0/revoke");
  }

  @Test
  void issuerHasTheHostThatTheClientUsed() throws Exception {
    var base = URI.create("http://localhost:" + server.baseUrl().getPort());

    var metadata = app.send(HttpRequest.newBuilder(base.resolve("/common" + OPENID)).build());

    assertThat(metadata.get("issuer")).isEqualTo(base + "/{tenantid}/v2.0");
  }

  @Test
  void keysAreAnEmptySet() throws Exception {
    String keys = app.get("/common" + OPENID).get("jwks_uri");

    var reply = app.send(HttpRequest.newBuilder(URI.create(keys)).build());

    assertThat(reply.body()).isEqualTo("{\"keys\":[]}");
  }

  @Test
  void unknownTenantHasNoMetadata() throws Exception {
    var reply = app.get("/nowhere.example" + OPENID);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.get("error_description")).startsWith("AADSTS90002:");
  }
}
