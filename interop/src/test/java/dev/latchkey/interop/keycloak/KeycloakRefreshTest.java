package dev.latchkey.interop.keycloak;

import dev.latchkey.interop.contract.RealServer;
import dev.latchkey.interop.contract.RefreshTests;
import java.time.Duration;

class KeycloakRefreshTest extends RefreshTests {
  @Override
  protected RealServer start(Duration accessTokenLifetime, Duration codeLifetime) {
    return RealKeycloak.start(accessTokenLifetime, codeLifetime);
  }
}
