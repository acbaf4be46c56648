package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.keyring.fixture.DesktopSession;
import dev.latchkey.keyring.fixture.OwnThread;
import dev.latchkey.keyring.fixture.VirtualScreen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The dialog of a real KWallet on a virtual screen, by each of its two interfaces. */
@Tag("daemons")
@Timeout(120)
class KWalletUnlockTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String DIALOG = "KDE Wallet Service";

  private @Nullable VirtualScreen screen;
  private @Nullable DesktopSession session;

  @TempDir Path locks;

  @BeforeEach
  void logIn() throws Exception {
    screen = VirtualScreen.start();
    session = DesktopSession.withKWalletAsSecretService(screen);
  }

  @AfterEach
  void logOut() throws Exception {
    if (session != null) {
      session.close();
    }
    if (screen != null) {
      screen.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"KWALLET", "SECRET_SERVICE"})
  void walletIsUnlockedByItsDialogUnlessThePersonRefuses(KeyringBackend backend) throws Exception {
    KeyringTokenStoreBuilder builder =
        KeyringTokenStore.builder("com.example.app").backend(backend).lockDirectory(locks);
    try (KeyringTokenStore store = builder.open()) {
      assertThat(store.write("account", "content", null)).isNotNull();
      session().closeWallets();
      assertThat(catchThrowableOfType(TokenStoreFailure.class, store::keys))
          .isInstanceOf(KeyringLocked.class)
          .hasMessageContaining("KWallet");
      assertThat(screen().hasWindow(DIALOG)).isFalse();

      var refused =
          OwnThread.run(
              () -> catchThrowableOfType(TokenStoreFailure.class, () -> store.unlock(PATIENCE)));
      screen().press(DIALOG, "Escape");
      assertThat(refused.get(60, TimeUnit.SECONDS)).isInstanceOf(KeyringLocked.class);
      assertThat(store.isLocked()).isTrue();

      var unlocking = OwnThread.run(() -> store.unlock(PATIENCE));
      screen().answer(DIALOG, DesktopSession.PASSWORD);
      unlocking.get(60, TimeUnit.SECONDS);
      assertThat(store.isLocked()).isFalse();
      assertThat(Objects.requireNonNull(store.read("account")).content()).isEqualTo("content");
    }
  }

  private VirtualScreen screen() {
    return Objects.requireNonNull(screen);
  }

  private DesktopSession session() {
    return Objects.requireNonNull(session);
  }
}
