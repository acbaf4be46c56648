package dev.latchkey.interop;

import java.time.Duration;

class OidcProviderCommandLineTest extends CommandLineTests {
  @Override
  RealServer start(Duration accessTokenLifetime, Duration codeLifetime) {
    return RealServer.oidcProvider(accessTokenLifetime, codeLifetime);
  }

  @Override
  void endSession(RealServer server) {
    ((RealServer.OnOidcProvider) server).server().destroyGrants();
  }
}
