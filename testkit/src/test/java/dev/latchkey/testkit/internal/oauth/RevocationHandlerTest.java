package dev.latchkey.testkit.internal.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testkit.fixture.HttpApp;
import dev.latchkey.testkit.fixture.ServerFixture;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RevocationHandlerTest extends ServerFixture {

  @Test
  void entraHasNoRevocation() throws Exception {
    assertThat(revoke("anything").status()).isEqualTo(404);
  }

  @Test
  void revokedRefreshTokenTakesItsAccessTokensWithIt() throws Exception {
    server.settings().revocationEndpoint(true);
    var tokens = app.signIn(server, ADELE);

    var reply = revoke(tokens.get("refresh_token"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEmpty();
    assertThat(app.refresh(tokens).error()).isEqualTo("invalid_grant");
    assertThat(app.userInfo(tokens).status()).isEqualTo(401);
  }

  @Test
  void revokedAccessTokenLeavesTheRefreshTokenGood() throws Exception {
    server.settings().revocationEndpoint(true);
    var tokens = app.signIn(server, ADELE);

    revoke(tokens.get("access_token"));

    assertThat(app.userInfo(tokens).status()).isEqualTo(401);
    assertThat(app.refresh(tokens).status()).isEqualTo(200);
  }

  @Test
  void unknownTokenCountsAsRevoked() throws Exception {
    server.settings().revocationEndpoint(true);

    assertThat(revoke("nonsense").status()).isEqualTo(200);
  }

  @Test
  void appCannotRevokeTheGrantOfAnother() throws Exception {
    server.settings().revocationEndpoint(true);
    var tokens = app.signIn(server, ADELE);

    app.post(
        "/common/oauth2/v2.0/revoke",
        Map.of("client_id", "another", "token", tokens.get("refresh_token")));

    assertThat(app.refresh(tokens).status()).isEqualTo(200);
  }

  private HttpApp.Reply revoke(String token) throws Exception {
    return app.post(
        "/common/oauth2/v2.0/revoke", Map.of("client_id", HttpApp.CLIENT_ID, "token", token));
  }
}
