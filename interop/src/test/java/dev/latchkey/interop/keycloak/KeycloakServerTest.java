package dev.latchkey.interop.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.interop.fixture.RawDeviceFlow;
import dev.latchkey.interop.fixture.RawHttp;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The suite's Keycloak behaves as the tests of Latchkey expect. */
class KeycloakServerTest {
  @AutoClose private KeycloakRealm realm;
  private KeycloakUser alice;

  @BeforeEach
  void openRealm() {
    realm = KeycloakServer.shared().createRealm(RealmSettings.defaults());
    alice = realm.createUser("alice");
  }

  @Test
  void anApprovedCodeGivesTokensWithTheConfiguredLifetime() {
    RawDeviceFlow flow = RawDeviceFlow.begin(realm.issuer(), KeycloakRealm.CLIENT);

    alice.person().approve(flow.verificationUri(), flow.userCode());
    RawHttp.Answer answer = flow.poll();

    assertThat(answer.status()).isEqualTo(200);
    // Keycloak takes off what has passed since it made the token, to the second.
    assertThat(answer.json().get("expires_in").getAsInt()).isBetween(55, 60);
    assertThat(answer.json().has("refresh_token")).isTrue();
  }

  @Test
  void aDeniedCodeIsAccessDenied() {
    RawDeviceFlow flow = RawDeviceFlow.begin(realm.issuer(), KeycloakRealm.CLIENT);

    alice.person().deny(flow.verificationUri(), flow.userCode());
    RawHttp.Answer answer = flow.poll();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("access_denied");
  }
}
