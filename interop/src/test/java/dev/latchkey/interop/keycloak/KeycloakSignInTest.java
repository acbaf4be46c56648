package dev.latchkey.interop.keycloak;

import dev.latchkey.interop.contract.RealServer;
import dev.latchkey.interop.contract.SignInTests;
import java.time.Duration;

class KeycloakSignInTest extends SignInTests {
  @Override
  protected RealServer start(Duration accessTokenLifetime, Duration codeLifetime) {
    return RealKeycloak.start(accessTokenLifetime, codeLifetime);
  }
}
