package dev.latchkey.interop;

import java.time.Duration;

class KeycloakCommandLineTest extends CommandLineTests {
  @Override
  RealServer start(Duration accessTokenLifetime, Duration codeLifetime) {
    return RealServer.keycloak(accessTokenLifetime, codeLifetime);
  }

  @Override
  void endSession(RealServer server) {
    ((RealServer.OnKeycloak) server).alice().disable();
  }
}
