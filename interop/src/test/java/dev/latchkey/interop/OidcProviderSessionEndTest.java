package dev.latchkey.interop;

import dev.latchkey.error.SignInRequired.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** oidc-provider says "grant request is invalid", whatever ended the session. */
class OidcProviderSessionEndTest extends SessionEndTests<RealServer.OnOidcProvider> {
  @Override
  RealServer.OnOidcProvider start() {
    return RealServer.oidcProvider(Duration.ofMinutes(1), Duration.ofMinutes(10));
  }

  @Override
  void endSession(RealServer.OnOidcProvider server) {
    server.server().destroyGrants();
  }

  @Test
  void anAccountThatIsNoMoreEndsTheSession() {
    assertEndedBy(server -> server.server().disable("alice"), Reason.GRANT_REJECTED);
  }

  @Test
  void aDestroyedGrantEndsTheSession() {
    assertEndedBy(this::endSession, Reason.GRANT_REJECTED);
  }
}
