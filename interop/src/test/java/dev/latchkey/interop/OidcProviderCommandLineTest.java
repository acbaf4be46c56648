package dev.latchkey.interop;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OidcProviderCommandLineTest extends CommandLineTests<RealServer.OnOidcProvider> {
  @Override
  RealServer.OnOidcProvider start(Duration accessTokenLifetime, Duration codeLifetime) {
    return RealServer.oidcProvider(accessTokenLifetime, codeLifetime);
  }

  @Test
  void anAccountThatIsNoMoreExitsWithTen() throws Exception {
    assertExitsWithTen(server -> server.server().disable("alice"), "grant_rejected");
  }

  /** As a withdrawn consent and an administrator do, which oidc-provider does not tell apart. */
  @Test
  void aDestroyedGrantExitsWithTen() throws Exception {
    assertExitsWithTen(server -> server.server().destroyGrants(), "grant_rejected");
  }
}
