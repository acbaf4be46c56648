package dev.latchkey.keyring;

import dev.latchkey.testkit.SharedTokenStoreContract;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

@Timeout(900)
class GnomeKeyringContractTest extends SharedTokenStoreContract {

  private static Session session;

  private final String service = "test-" + UUID.randomUUID();

  @BeforeAll
  static void logIn() throws Exception {
    session = Session.withGnomeKeyring();
  }

  @AfterAll
  static void logOut() throws Exception {
    if (session != null) {
      session.close();
    }
  }

  @Override
  protected Class<? extends Opener> opener() {
    return RealOpener.class;
  }

  @Override
  protected Duration longestLife() {
    return Duration.ofMillis(600);
  }

  @Override
  protected String location() {
    return RealOpener.location(session, service);
  }
}
