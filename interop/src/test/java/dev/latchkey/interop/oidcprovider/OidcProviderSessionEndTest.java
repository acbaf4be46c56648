package dev.latchkey.interop.oidcprovider;

import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.interop.contract.SessionEndTests;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** oidc-provider answers "grant request is invalid", whatever ended the session. */
class OidcProviderSessionEndTest extends SessionEndTests<RealOidcProvider> {
  @Override
  protected RealOidcProvider start() {
    return RealOidcProvider.start(Duration.ofMinutes(1), Duration.ofMinutes(10));
  }

  @Override
  protected void endSession(RealOidcProvider server) {
    server.server().destroyGrants();
  }

  @Test
  void aDeletedAccountEndsTheSession() {
    assertEndedBy(server -> server.server().disable("alice"), Reason.GRANT_REJECTED);
  }

  @Test
  void aDestroyedGrantEndsTheSession() {
    assertEndedBy(this::endSession, Reason.GRANT_REJECTED);
  }
}
