package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.keyring.fixture.DesktopSession;
import dev.latchkey.keyring.fixture.VirtualScreen;
import dev.latchkey.keyring.internal.backend.OpenKeyring;
import dev.latchkey.keyring.internal.backend.SecretServiceHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dialog of a real GNOME Keyring, on a virtual screen. */
@Tag("daemons")
@Timeout(120)
class UnlockTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private @Nullable DesktopSession session;
  private VirtualScreen screen;

  @TempDir Path locks;

  @BeforeEach
  void lock() throws Exception {
    screen = VirtualScreen.start();
    session = DesktopSession.withGnomeKeyring(screen);
    session.lockGnomeKeyring();
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

  @Test
  void noDialogComesUnasked() throws Exception {
    try (KeyringTokenStore store = builder().open()) {
      assertThat(store.isLocked()).isTrue();
      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              () -> store.read("account"),
              () -> store.write("account", "content", null),
              store::keys)) {
        assertThat(catchThrowableOfType(TokenStoreFailure.class, call))
            .isInstanceOf(KeyringLocked.class);
      }
    }

    Thread.sleep(2_000); // a dialog takes about one to appear
    assertThat(screen.hasDialog()).isFalse();
  }

  /** A keyring may be locked between the probe and the call. */
  @Test
  void aKeyringLockedInTheMiddleOfACallShowsNoDialog() throws Exception {
    Objects.requireNonNull(session).unlockGnomeKeyring();
    try (SecretServiceHost host = new SecretServiceHost(Duration.ofSeconds(4));
        OpenKeyring keyring = host.open()) {
      keyring.setPassword("service", "there", "secret");
      assertThat(keyring.getPassword("service", "there")).isEqualTo("secret");
      session.lockGnomeKeyring();

      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              () -> keyring.getPassword("service", "there"),
              () -> keyring.setPassword("service", "there", "another"),
              () -> keyring.setPassword("service", "new", "secret"),
              () -> keyring.deletePassword("service", "there"))) {
        assertThat(catchThrowableOfType(TokenStoreFailure.class, call))
            .isInstanceOf(KeyringLocked.class);
      }
    }

    Thread.sleep(2_000); // a dialog takes about one to appear
    assertThat(screen.hasDialog()).isFalse();
  }

  @Test
  void theRightPasswordUnlocks() throws Exception {
    try (KeyringTokenStore store = builder().open()) {
      var unlocking = CompletableFuture.runAsync(() -> store.unlock(PATIENCE));
      screen.awaitDialog(true);
      screen.type("pw");
      unlocking.get(30, TimeUnit.SECONDS);

      assertThat(store.isLocked()).isFalse();
      assertThat(store.write("account", "content", null)).isNotNull();
    }
  }

  @Test
  void cancellingTheDialogLeavesTheKeyringLocked() throws Exception {
    try (KeyringTokenStore store = builder().open()) {
      var unlocking =
          CompletableFuture.supplyAsync(
              () -> catchThrowableOfType(TokenStoreFailure.class, () -> store.unlock(PATIENCE)));
      screen.awaitDialog(true);
      screen.press("Escape");

      assertThat(unlocking.get(30, TimeUnit.SECONDS)).isInstanceOf(KeyringLocked.class);
      assertThat(store.isLocked()).isTrue();
    }
  }

  @Test
  void otherCallsDoNotWaitForTheAnswer() throws Exception {
    try (KeyringTokenStore store = builder().open()) {
      var unlocking = CompletableFuture.runAsync(() -> store.unlock(PATIENCE));
      screen.awaitDialog(true);

      assertThat(catchThrowableOfType(TokenStoreFailure.class, () -> store.read("account")))
          .isInstanceOf(KeyringLocked.class);
      assertThat(store.isLocked()).isTrue();
      assertThat(unlocking).as("the dialog is still there").isNotDone();

      screen.type("pw");
      unlocking.get(30, TimeUnit.SECONDS);
      assertThat(store.read("account")).isNull();
    }
  }

  @Test
  void theDialogIsRemovedWhenTheTimeIsUp() throws Exception {
    try (KeyringTokenStore store = builder().open()) {
      var unlocking =
          CompletableFuture.supplyAsync(
              () ->
                  catchThrowableOfType(
                      TokenStoreFailure.class, () -> store.unlock(Duration.ofSeconds(20))));
      screen.awaitDialog(true);

      TokenStoreFailure failure = unlocking.get(60, TimeUnit.SECONDS);
      assertThat(failure.problem()).isEqualTo(Problem.TIMED_OUT);
      screen.awaitDialog(false);
    }
  }

  @Test
  void anInterruptRemovesTheDialog() throws Exception {
    try (KeyringTokenStore store = builder().open()) {
      CompletableFuture<TokenStoreFailure> failure = new CompletableFuture<>();
      Thread asking =
          new Thread(
              () ->
                  failure.complete(
                      catchThrowableOfType(TokenStoreFailure.class, () -> store.unlock(PATIENCE))));
      asking.start();
      screen.awaitDialog(true);

      asking.interrupt();

      assertThat(failure.get(30, TimeUnit.SECONDS).problem()).isEqualTo(Problem.TIMED_OUT);
      screen.awaitDialog(false);
    }
  }

  @Test
  void aLimitOfZeroOrLessIsRejected() {
    for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
      assertThatThrownBy(() -> builder().unlockOnOpen(none))
          .isInstanceOf(IllegalArgumentException.class);
      try (KeyringTokenStore store = builder().open()) {
        assertThatThrownBy(() -> store.unlock(none)).isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void openingAsksIfTheBuilderSaysSo() throws Exception {
    var opening = CompletableFuture.supplyAsync(() -> builder().unlockOnOpen(PATIENCE).open());
    screen.awaitDialog(true);
    screen.type("pw");

    try (KeyringTokenStore store = opening.get(30, TimeUnit.SECONDS)) {
      assertThat(store.isLocked()).isFalse();
    }
  }

  private KeyringTokenStoreBuilder builder() {
    return KeyringTokenStore.builder("com.example.app").lockDirectory(locks);
  }
}
