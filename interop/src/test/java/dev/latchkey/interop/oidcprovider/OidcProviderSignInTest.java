package dev.latchkey.interop.oidcprovider;

import dev.latchkey.interop.contract.RealServer;
import dev.latchkey.interop.contract.SignInTests;
import java.time.Duration;

class OidcProviderSignInTest extends SignInTests {
  @Override
  protected RealServer start(Duration accessTokenLifetime, Duration codeLifetime) {
    return RealOidcProvider.start(accessTokenLifetime, codeLifetime);
  }
}
