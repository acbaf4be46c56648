package dev.latchkey.interop.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.latchkey.interop.fixture.RawDeviceFlow;
import dev.latchkey.interop.fixture.RawHttp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the administrator of a realm changes takes effect for its clients. */
class KeycloakAdministratorTest {
  @AutoClose private KeycloakRealm realm;
  private KeycloakUser alice;

  @BeforeEach
  void openRealm() {
    realm = KeycloakServer.shared().createRealm(RealmSettings.defaults());
    alice = realm.createUser("alice");
  }

  @Test
  void changedLifetimesApplyAndTheOthersStay() {
    RealmSettings settings =
        RealmSettings.defaults()
            .withPollingInterval(Duration.ofSeconds(3))
            .withDeviceCodeLifetime(Duration.ofSeconds(77));

    realm.set(settings);
    realm.set(settings.withAccessTokenLifetime(Duration.ofSeconds(20)));
    RawDeviceFlow flow = begin();
    JsonObject tokens = flow.signIn(alice.person());

    assertThat(flow.interval()).isEqualTo(3);
    assertThat(flow.lifetime()).isEqualTo(77);
    assertThat(tokens.get("expires_in").getAsInt()).isBetween(15, 20); // what remains of it
  }

  @Test
  void everyRedemptionIsCountedAndOneReuseKillsTheSession() {
    RawDeviceFlow flow = begin();
    JsonObject first = flow.signIn(alice.person());

    JsonObject second = flow.refresh(first).json();
    RawHttp.Answer reuse = flow.refresh(first);
    RawHttp.Answer afterReuse = flow.refresh(second);

    assertThat(reuse.error()).isEqualTo("invalid_grant");
    assertThat(afterReuse.error()).isEqualTo("invalid_grant");
    assertThat(realm.redemptions()).isEqualTo(1);
    assertThat(realm.refusedRedemptions()).isEqualTo(2);
  }

  @Test
  void pollingTooFastShowsAsSlowDown() {
    RawDeviceFlow flow = begin();

    RawHttp.Answer first = flow.poll();
    RawHttp.Answer tooFast = flow.poll();

    assertThat(first.error()).isEqualTo("authorization_pending");
    assertThat(tooFast.error()).isEqualTo("slow_down");
    assertThat(realm.events("OAUTH2_DEVICE_CODE_TO_TOKEN_ERROR"))
        .extracting(KeycloakEvent::error)
        .contains("slow_down");
  }

  @Test
  void aDisabledUserRefreshesAgainWhenEnabled() {
    RawDeviceFlow flow = begin();
    JsonObject tokens = flow.signIn(alice.person());

    alice.disable();
    RawHttp.Answer disabled = flow.refresh(tokens);
    alice.enable();
    RawHttp.Answer enabled = flow.refresh(tokens);

    assertThat(disabled.error()).isEqualTo("invalid_grant");
    assertThat(enabled.status()).isEqualTo(200);
  }

  @Test
  void endedSessionsEndTheirOfflineTokens() {
    RawDeviceFlow flow = begin();
    JsonObject tokens = flow.signIn(alice.person());

    alice.endSessions(KeycloakRealm.CLIENT);
    RawHttp.Answer refresh = flow.refresh(tokens);

    assertThat(refresh.error()).isEqualTo("invalid_grant");
  }

  /** Keycloak compares whole seconds; a token of the second of the logout may stay valid. */
  @Test
  void logoutEndsAllTokensOfEarlierSecondsOfflineOnesToo() throws InterruptedException {
    RawDeviceFlow online = RawDeviceFlow.begin(realm.issuer(), KeycloakRealm.CLIENT, "openid");
    JsonObject onlineTokens = online.signIn(alice.person());
    RawDeviceFlow offline = begin();
    JsonObject offlineTokens = offline.signIn(alice.person());
    awaitNextSecond();

    alice.logout();

    assertThat(online.refresh(onlineTokens).error()).isEqualTo("invalid_grant");
    assertThat(offline.refresh(offlineTokens).error()).isEqualTo("invalid_grant");
  }

  @Test
  void withdrawnConsentEndsOfflineTokens() {
    RawDeviceFlow flow = begin();
    JsonObject tokens = flow.signIn(alice.person());

    alice.withdrawConsent(KeycloakRealm.CLIENT);
    RawHttp.Answer refresh = flow.refresh(tokens);

    assertThat(refresh.error()).isEqualTo("invalid_grant");
  }

  @Test
  void notBeforeVoidsTokensIssuedEarlier() {
    RawDeviceFlow flow = begin();
    JsonObject tokens = flow.signIn(alice.person());

    realm.pushNotBefore();
    RawHttp.Answer refresh = flow.refresh(tokens);

    assertThat(refresh.error()).isEqualTo("invalid_grant");
  }

  @Test
  void otherClientsAreRefusedAtTheDeviceEndpoint() {
    RawHttp.Answer without = ask(KeycloakRealm.CLIENT_WITHOUT_DEVICE_GRANT);
    RawHttp.Answer confidential = ask(KeycloakRealm.CONFIDENTIAL_CLIENT);

    assertThat(without.error()).isEqualTo("unauthorized_client");
    assertThat(confidential.error()).isEqualTo("unauthorized_client");
  }

  private static void awaitNextSecond() throws InterruptedException {
    long second = Instant.now().getEpochSecond();
    while (Instant.now().getEpochSecond() == second) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private RawHttp.Answer ask(String clientId) {
    return RawHttp.postForm(realm.endpoint("auth/device"), Map.of("client_id", clientId));
  }

  private RawDeviceFlow begin() {
    return RawDeviceFlow.begin(realm.issuer(), KeycloakRealm.CLIENT);
  }
}
