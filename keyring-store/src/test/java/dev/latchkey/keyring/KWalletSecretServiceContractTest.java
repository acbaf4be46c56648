package dev.latchkey.keyring;

import dev.latchkey.keyring.fixture.DesktopSession;
import dev.latchkey.keyring.fixture.KeyringOpener;
import dev.latchkey.store.TokenStore;
import dev.latchkey.testkit.contract.TokenStoreContract;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** KWallet's Secret Service. {@link SecretServicesTest} has the race, the kills and the restart. */
@Tag("daemons")
@Timeout(300)
class KWalletSecretServiceContractTest extends TokenStoreContract {

  private static DesktopSession session;

  private final String service = "test-" + UUID.randomUUID();

  @BeforeAll
  static void logIn() throws Exception {
    session = DesktopSession.withKWalletAsSecretService();
  }

  @AfterAll
  static void logOut() throws Exception {
    if (session != null) {
      session.close();
    }
  }

  @Override
  protected TokenStore open() {
    return new KeyringOpener()
        .open(KeyringOpener.location(session, service, KeyringBackend.SECRET_SERVICE));
  }
}
