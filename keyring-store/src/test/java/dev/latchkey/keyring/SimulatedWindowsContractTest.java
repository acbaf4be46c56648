package dev.latchkey.keyring;

import dev.latchkey.internal.time.Time;
import dev.latchkey.keyring.fixture.SimulatedKeyring;
import dev.latchkey.store.TokenStore;
import dev.latchkey.testkit.contract.TokenStoreContract;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

class SimulatedWindowsContractTest extends TokenStoreContract {

  private final SimulatedKeyring keyring =
      new SimulatedKeyring(KeyringBackend.WINDOWS_CREDENTIAL_MANAGER);

  @TempDir Path locks;

  @Override
  protected TokenStore open() {
    return KeyringTokenStore.builder("com.example.app")
        .open(() -> keyring, locks, Duration.ofMillis(50), Time.system());
  }
}
