package dev.latchkey.keyring;

import dev.latchkey.keyring.fixture.DesktopSession;
import dev.latchkey.keyring.fixture.KeyringOpener;
import dev.latchkey.testkit.contract.SharedTokenStoreContract;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

@Tag("daemons")
@Tag("processes")
@Timeout(900)
class KWalletContractTest extends SharedTokenStoreContract {

  private static DesktopSession session;

  private final String service = "test-" + UUID.randomUUID();

  @BeforeAll
  static void logIn() throws Exception {
    session = DesktopSession.withKWallet();
  }

  @AfterAll
  static void logOut() throws Exception {
    if (session != null) {
      session.close();
    }
  }

  @Override
  protected Class<? extends Opener> opener() {
    return KeyringOpener.class;
  }

  @Override
  protected Duration longestLife() {
    return Duration.ofMillis(600);
  }

  @Override
  protected String location() {
    return KeyringOpener.location(session, service);
  }
}
