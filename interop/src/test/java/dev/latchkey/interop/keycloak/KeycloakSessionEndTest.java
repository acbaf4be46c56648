package dev.latchkey.interop.keycloak;

import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.interop.contract.SessionEndTests;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Keycloak 26.4 deletes the offline session both when consent is withdrawn and when an
 * administrator ends it. It then answers "Offline user session not found" in both cases.
 */
class KeycloakSessionEndTest extends SessionEndTests<RealKeycloak> {
  @Override
  protected RealKeycloak start() {
    return RealKeycloak.start(Duration.ofMinutes(1), Duration.ofMinutes(10));
  }

  @Override
  protected void endSession(RealKeycloak server) {
    server.alice().endSessions(KeycloakRealm.CLIENT);
  }

  @Test
  void aDisabledUserIsReportedAsDisabled() {
    assertEndedBy(server -> server.alice().disable(), Reason.ACCOUNT_DISABLED);
  }

  @Test
  void aWithdrawnConsentRevokes() {
    assertEndedBy(server -> server.alice().withdrawConsent(KeycloakRealm.CLIENT), Reason.REVOKED);
  }

  @Test
  void aSessionEndedByTheAdministratorIsRevoked() {
    assertEndedBy(this::endSession, Reason.REVOKED);
  }

  @Test
  void notBeforeRevokes() {
    assertEndedBy(server -> server.realm().pushNotBefore(), Reason.REVOKED);
  }
}
