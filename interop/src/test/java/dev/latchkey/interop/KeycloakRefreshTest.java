package dev.latchkey.interop;

import java.time.Duration;

class KeycloakRefreshTest extends RefreshTests {
  @Override
  RealServer start(Duration accessTokenLifetime, Duration codeLifetime) {
    return RealServer.keycloak(accessTokenLifetime, codeLifetime);
  }
}
