package dev.latchkey.interop;

import java.time.Duration;

class KeycloakSignInTest extends SignInTests {
  @Override
  RealServer start(Duration accessTokenLifetime, Duration codeLifetime) {
    return RealServer.keycloak(accessTokenLifetime, codeLifetime);
  }
}
