package dev.latchkey.interop;

import java.time.Duration;

class OidcProviderRefreshTest extends RefreshTests {
  @Override
  RealServer start(Duration accessTokenLifetime, Duration codeLifetime) {
    return RealServer.oidcProvider(accessTokenLifetime, codeLifetime);
  }
}
