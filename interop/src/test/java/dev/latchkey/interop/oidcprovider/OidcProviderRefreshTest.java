package dev.latchkey.interop.oidcprovider;

import dev.latchkey.interop.contract.RealServer;
import dev.latchkey.interop.contract.RefreshTests;
import java.time.Duration;

class OidcProviderRefreshTest extends RefreshTests {
  @Override
  protected RealServer start(Duration accessTokenLifetime, Duration codeLifetime) {
    return RealOidcProvider.start(accessTokenLifetime, codeLifetime);
  }
}
