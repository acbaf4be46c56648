package dev.latchkey.interop.oidcprovider;

import dev.latchkey.interop.contract.CommandLineTests;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OidcProviderCommandLineTest extends CommandLineTests<RealOidcProvider> {
  @Override
  protected RealOidcProvider start(Duration accessTokenLifetime, Duration codeLifetime) {
    return RealOidcProvider.start(accessTokenLifetime, codeLifetime);
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
