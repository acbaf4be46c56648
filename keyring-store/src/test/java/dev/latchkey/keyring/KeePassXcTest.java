package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.keyring.fixture.KeePassXc;
import dev.latchkey.keyring.fixture.OwnThread;
import dev.latchkey.keyring.fixture.VirtualScreen;
import dev.latchkey.store.StoredRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real KeePassXC with its default settings: it confirms access to the entries of other
 * connections. It never asks about a new entry, nor about one that it moves to its recycle bin.
 */
@Tag("daemons")
@Timeout(120)
class KeePassXcTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ACCESS = KeePassXc.ACCESS;
  private static final String UNLOCK = KeePassXc.UNLOCK;

  private @Nullable VirtualScreen screen;
  private @Nullable KeePassXc keepass;

  @TempDir Path locks;

  @BeforeEach
  void logIn() throws Exception {
    screen = VirtualScreen.start();
    keepass = KeePassXc.start(true, screen);
  }

  @AfterEach
  void logOut() throws Exception {
    if (keepass != null) {
      keepass.close();
    }
    if (screen != null) {
      screen.close();
    }
  }

  @Test
  void writesGoWithoutADialogAndAreReportedAsKeePassXcs() {
    try (KeyringTokenStore store = open()) {
      String version = store.write("account", "before".repeat(1_000), null);
      version = store.write("account", "after", Objects.requireNonNull(version));

      assertThat(version).isNotNull();
      assertThat(read(store)).isEqualTo("after");
      assertThat(store.description()).isEqualTo("KeePassXC, entries of com.example.app");
    }
  }

  /** Each process that asks would otherwise show its window, at each of its calls. */
  @Test
  void entriesOfAnotherProcessAreReportedWithoutADialogUntilTheyAreUnlocked() throws Exception {
    String version;
    try (KeyringTokenStore another = open()) {
      version = Objects.requireNonNull(another.write("account", "content", null));
    }
    try (KeyringTokenStore store = open()) {
      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              () -> store.read("account"),
              () -> store.prepareWrite("account", 100),
              () -> store.prepareWrite("new", 100),
              () -> store.write("account", "lost", version),
              () -> store.delete("account", version),
              store::keys)) {
        TokenStoreFailure failure = catchThrowableOfType(TokenStoreFailure.class, call);
        assertThat(failure.problem()).isEqualTo(Problem.CONFIRMATION_NEEDED);
        assertThat(failure).hasMessageContaining("KeePassXC wants to ask you");
        assertThat(failure.remedy()).contains("KeyringTokenStore.unlock()", "Confirm when");
      }
      assertThat(store.isLocked()).isTrue();
      assertThat(screen().hasWindow(ACCESS)).isFalse();

      unlock(store, ACCESS, "");

      assertThat(store.isLocked()).isFalse();
      assertThat(read(store)).isEqualTo("content");
      TimeUnit.MILLISECONDS.sleep(1_500); // other keyrings are closed after half a second
      String after = store.write("account", "after", version);
      assertThat(read(store)).isEqualTo("after");
      assertThat(store.delete("account", Objects.requireNonNull(after))).isTrue();
      assertThat(store.keys()).isEmpty();
    }
    assertThat(keepass().session().entries("com.example.app")).isEmpty();
  }

  @Test
  void lockedDatabaseIsReportedAndUnlockedByItsDialog() throws Exception {
    try (KeyringTokenStore store = open()) {
      assertThat(store.write("account", "content", null)).isNotNull();
      keepass().lock();

      TokenStoreFailure failure =
          catchThrowableOfType(TokenStoreFailure.class, () -> store.read("account"));
      assertThat(failure).isInstanceOf(KeyringLocked.class).hasMessageContaining("KeePassXC");
      assertThat(failure.remedy()).contains("KeyringTokenStore.unlock()");
      assertThat(store.isLocked()).isTrue();
      assertThat(screen().hasWindow(UNLOCK)).isFalse();

      unlock(store, UNLOCK, KeePassXc.PASSWORD);

      assertThat(store.isLocked()).isFalse();
      assertThat(read(store)).isEqualTo("content");
    }
  }

  @Test
  void refusedAccessIsReportedAsLocked() throws Exception {
    try (KeyringTokenStore another = open()) {
      assertThat(another.write("account", "content", null)).isNotNull();
    }
    try (KeyringTokenStore store = open()) {
      var unlocking =
          OwnThread.run(
              () -> catchThrowableOfType(TokenStoreFailure.class, () -> store.unlock(PATIENCE)));
      screen().press(ACCESS, "Escape");

      assertThat(unlocking.get(60, TimeUnit.SECONDS)).isInstanceOf(KeyringLocked.class);
      assertThat(store.isLocked()).isTrue();
    }
  }

  private void unlock(KeyringTokenStore store, String window, String password) throws Exception {
    var unlocking = OwnThread.run(() -> store.unlock(PATIENCE));
    screen().answer(window, password);
    unlocking.get(60, TimeUnit.SECONDS);
  }

  private static String read(KeyringTokenStore store) {
    StoredRecord record = Objects.requireNonNull(store.read("account"));
    return record.content();
  }

  private VirtualScreen screen() {
    return Objects.requireNonNull(screen);
  }

  private KeePassXc keepass() {
    return Objects.requireNonNull(keepass);
  }

  private KeyringTokenStore open() {
    return KeyringTokenStore.builder("com.example.app").lockDirectory(locks).open();
  }
}
