package dev.latchkey.interop.oidcprovider;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.latchkey.interop.fixture.RawDeviceFlow;
import dev.latchkey.interop.fixture.RawHttp;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The suite's oidc-provider behaves as the tests of Latchkey expect. */
class OidcProviderServerTest {
  @AutoClose private OidcProviderServer server;

  @BeforeEach
  void start() {
    server = OidcProviderServer.start(ProviderSettings.defaults());
  }

  @Test
  void anApprovedCodeGivesTokensWithTheConfiguredLifetime() {
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
  void pollingTooFastShowsInTheTimesOfTheRequests() {
    RawDeviceFlow flow = begin();

    RawHttp.Answer first = flow.poll();
    RawHttp.Answer tooFast = flow.poll();

    assertThat(first.error()).isEqualTo("authorization_pending");
    assertThat(tooFast.error()).isEqualTo("authorization_pending");
    assertThat(new RealOidcProvider(server).tooFastPolls()).isEqualTo(1);
  }

  @Test
  void everyRedemptionIsCountedAndOneReuseKillsTheGrant() {
    RawDeviceFlow flow = begin();
    JsonObject first = flow.signIn(server.person("alice"));

    JsonObject second = flow.refresh(first).json();
    RawHttp.Answer reuse = flow.refresh(first);
    RawHttp.Answer afterReuse = flow.refresh(second);

    assertThat(reuse.error()).isEqualTo("invalid_grant");
    assertThat(afterReuse.error()).isEqualTo("invalid_grant");
    assertThat(server.redemptions()).isEqualTo(1);
    assertThat(server.refusedRedemptions()).isEqualTo(2);
  }

  @Test
  void aDestroyedGrantCannotRefresh() {
    RawDeviceFlow flow = begin();
    JsonObject tokens = flow.signIn(server.person("alice"));

    server.destroyGrants();
    RawHttp.Answer refresh = flow.refresh(tokens);

    assertThat(refresh.error()).isEqualTo("invalid_grant");
  }

  @Test
  void aDisabledUserRefreshesAgainWhenEnabled() {
    RawDeviceFlow flow = begin();
    JsonObject tokens = flow.signIn(server.person("alice"));

    server.disable("alice");
    RawHttp.Answer disabled = flow.refresh(tokens);
    server.enable("alice");
    RawHttp.Answer enabled = flow.refresh(tokens);

    assertThat(disabled.error()).isEqualTo("invalid_grant");
    assertThat(enabled.status()).isEqualTo(200);
  }

  private RawDeviceFlow begin() {
    return RawDeviceFlow.begin(server.issuer(), OidcProviderServer.CLIENT);
  }
}
