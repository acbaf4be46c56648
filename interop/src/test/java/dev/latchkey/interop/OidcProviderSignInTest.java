package dev.latchkey.interop;

import java.time.Duration;

class OidcProviderSignInTest extends SignInTests {
  @Override
  RealServer start(Duration accessTokenLifetime, Duration codeLifetime) {
    return RealServer.oidcProvider(accessTokenLifetime, codeLifetime);
  }
}
