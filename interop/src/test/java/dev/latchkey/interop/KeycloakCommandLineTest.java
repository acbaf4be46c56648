package dev.latchkey.interop;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeycloakCommandLineTest extends CommandLineTests<RealServer.OnKeycloak> {
  @Override
  RealServer.OnKeycloak start(Duration accessTokenLifetime, Duration codeLifetime) {
    return RealServer.keycloak(accessTokenLifetime, codeLifetime);
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
