package dev.latchkey.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The suite's own oidc-provider does what the tests of Latchkey rely on. */
@Timeout(120)
class OidcProviderServerTest {
  private OidcProviderServer server;

  @BeforeEach
  void start() {
    server = OidcProviderServer.start(ProviderSettings.defaults());
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void anApprovedCodeGivesTokensOfTheLifetimeThatWasSet() {
    RawDeviceFlow flow = begin();

    server.person("alice").approve(flow.verificationUri(), flow.userCode());
    RawHttp.Answer answer = flow.poll();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("expires_in").getAsInt()).isEqualTo(60);
    assertThat(answer.json().has("refresh_token")).isTrue();
  }

  @Test
  void aDeniedCodeIsAccessDenied() {
    RawDeviceFlow flow = begin();

    server.person("alice").deny(flow.verificationUri(), flow.userCode());
    RawHttp.Answer answer = flow.poll();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("access_denied");
  }

  @Test
  void everyRedemptionIsCountedAndOneReuseKillsTheGrant() {
    RawDeviceFlow flow = begin();
    JsonObject first = signIn(flow);

    JsonObject second = flow.refresh(refreshToken(first)).json();
    RawHttp.Answer reuse = flow.refresh(refreshToken(first));
    RawHttp.Answer afterReuse = flow.refresh(refreshToken(second));

    assertThat(reuse.error()).isEqualTo("invalid_grant");
    assertThat(afterReuse.error()).isEqualTo("invalid_grant");
    assertThat(server.redemptions()).isEqualTo(1);
    assertThat(server.refusedRedemptions()).isEqualTo(2);
  }

  @Test
  void aDestroyedGrantRefreshesNoMore() {
    RawDeviceFlow flow = begin();
    JsonObject tokens = signIn(flow);

    server.destroyGrants();
    RawHttp.Answer refresh = flow.refresh(refreshToken(tokens));

    assertThat(refresh.error()).isEqualTo("invalid_grant");
  }

  @Test
  void aDisabledUserRefreshesAgainWhenEnabled() {
    RawDeviceFlow flow = begin();
    JsonObject tokens = signIn(flow);

    server.disable("alice");
    RawHttp.Answer disabled = flow.refresh(refreshToken(tokens));
    server.enable("alice");
    RawHttp.Answer enabled = flow.refresh(refreshToken(tokens));

    assertThat(disabled.error()).isEqualTo("invalid_grant");
    assertThat(enabled.status()).isEqualTo(200);
  }

  private RawDeviceFlow begin() {
    return RawDeviceFlow.begin(server.issuer(), OidcProviderServer.CLIENT);
  }

  private JsonObject signIn(RawDeviceFlow flow) {
    server.person("alice").approve(flow.verificationUri(), flow.userCode());
    return flow.poll().orFail("the token endpoint").json();
  }

  private static String refreshToken(JsonObject tokens) {
    return tokens.get("refresh_token").getAsString();
  }
}
