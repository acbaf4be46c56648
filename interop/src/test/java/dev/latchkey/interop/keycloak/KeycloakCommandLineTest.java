package dev.latchkey.interop.keycloak;

import dev.latchkey.interop.contract.CommandLineTests;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeycloakCommandLineTest extends CommandLineTests<RealKeycloak> {
  @Override
  protected RealKeycloak start(Duration accessTokenLifetime, Duration codeLifetime) {
    return RealKeycloak.start(accessTokenLifetime, codeLifetime);
  }

  @Test
  void aDisabledUserExitsWithTen() throws Exception {
    assertExitsWithTen(server -> server.alice().disable(), "account_disabled");
  }

  @Test
  void aWithdrawnConsentExitsWithTen() throws Exception {
    assertExitsWithTen(server -> server.alice().withdrawConsent(KeycloakRealm.CLIENT), "revoked");
  }

  @Test
  void aSessionEndedByTheAdministratorExitsWithTen() throws Exception {
    assertExitsWithTen(server -> server.alice().endSessions(KeycloakRealm.CLIENT), "revoked");
  }
}
