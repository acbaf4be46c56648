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
  void aDeletedAccountExitsWithTen() throws Exception {
    assertExitsWithTen(server -> server.server().disable("alice"), "grant_rejected");
  }

  /** Withdrawn consent and an administrator's action look the same at oidc-provider. */
  @Test
  void aDestroyedGrantExitsWithTen() throws Exception {
    assertExitsWithTen(server -> server.server().destroyGrants(), "grant_rejected");
  }
}
