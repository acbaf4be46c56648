package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.keyring.fixture.DesktopSession;
import dev.latchkey.keyring.fixture.FailingCall;
import dev.latchkey.store.StoredRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real daemon that is locked, killed, stopped or not there. */
@Tag("daemons")
@Timeout(120)
class GnomeKeyringFailureTest {

  private static final String SERVICE = "com.example.app";
  private static final Duration LIMIT = Duration.ofSeconds(4);

  private final List<KeyringTokenStore> opened = new ArrayList<>();
  private @Nullable DesktopSession session;

  @TempDir Path locks;

  @AfterEach
  void logOut() throws Exception {
    opened.forEach(KeyringTokenStore::close);
    if (session != null) {
      session.close();
    }
  }

  @Test
  void aMissingBusIsReportedWithoutWaiting() {
    System.setProperty(DesktopSession.BUS_PROPERTY, "unix:path=" + locks.resolve("no-bus"));
    try {
      warmUp();

      TokenStoreFailure failure = FailingCall.withoutWaiting(this::open);

      assertThat(failure).isInstanceOf(KeyringUnavailable.class);
      assertThat(failure.remedy()).contains("DBUS_SESSION_BUS_ADDRESS");
    } finally {
      System.clearProperty(DesktopSession.BUS_PROPERTY);
    }
  }

  @Test
  void aBusWithoutAKeyringIsReportedWithoutWaiting() throws Exception {
    session = DesktopSession.withBusOnly();
    warmUp();

    TokenStoreFailure failure = FailingCall.withoutWaiting(this::open);

    assertThat(failure).isInstanceOf(KeyringUnavailable.class);
    assertThat(failure.remedy()).contains("gnome-keyring");
  }

  @Test
  void aKeyringWithoutACollectionIsReportedWithoutWaiting() throws Exception {
    session = DesktopSession.withGnomeKeyringWithoutCollection();
    warmUp();

    TokenStoreFailure failure = FailingCall.withoutWaiting(this::open);

    assertThat(failure).isInstanceOf(KeyringUnavailable.class);
    assertThat(failure.remedy()).contains("default keyring");
  }

  @Test
  void aBackendThatWasNamedIsNotReplacedByAnother() throws Exception {
    session = DesktopSession.withGnomeKeyring();
    warmUp();

    TokenStoreFailure failure =
        FailingCall.withoutWaiting(() -> builder().backend(KeyringBackend.KWALLET).open());

    assertThat(failure).isInstanceOf(KeyringUnavailable.class);
    assertThat(open().backend()).isEqualTo(KeyringBackend.SECRET_SERVICE);
  }

  @Test
  void aLockedKeyringIsReportedWithoutWaitingAndWithoutADialog() throws Exception {
    session = DesktopSession.withGnomeKeyring();
    KeyringTokenStore store = open();
    String version = Objects.requireNonNull(store.write("account", "before", null));
    session.lockGnomeKeyring();

    for (ThrowingCallable call : calls(store, version)) {
      TokenStoreFailure failure = FailingCall.withoutWaiting(call);
      assertThat(failure).isInstanceOf(KeyringLocked.class);
      assertThat(failure.remedy()).contains("Unlock");
    }
    assertThat(store.isLocked()).isTrue();
    assertThat(FailingCall.withoutWaiting(() -> open().keys())).isInstanceOf(KeyringLocked.class);
  }

  @Test
  void aKilledDaemonIsReportedAndItsSuccessorIsUsed() throws Exception {
    session = DesktopSession.withGnomeKeyring();
    KeyringTokenStore store = open();
    String version = Objects.requireNonNull(store.write("account", "before", null));
    session.kill(session.daemon());

    for (ThrowingCallable call : calls(store, version)) {
      TokenStoreFailure failure = FailingCall.within(LIMIT, call);
      assertThat(failure).isInstanceOf(KeyringUnavailable.class);
    }
    session.startGnomeKeyring();

    assertThat(read(store)).isEqualTo("before");
    assertThat(store.write("account", "after", version)).isNotNull();
    assertThat(read(open())).isEqualTo("after");
  }

  /** A write on the old session would succeed and store nothing: a rotated token would be lost. */
  @Test
  void aWriteAfterARestartIsNotLost() throws Exception {
    session = DesktopSession.withGnomeKeyring();
    KeyringTokenStore store = open();
    String version = Objects.requireNonNull(store.write("account", "before", null));
    session.kill(session.daemon());
    session.startGnomeKeyring();

    version = store.write("account", "after", version);

    assertThat(version).isNotNull();
    assertThat(read(open())).isEqualTo("after");
  }

  @Test
  void aStoppedDaemonCostsNoMoreThanTheLimitAndIsUsedAgain() throws Exception {
    session = DesktopSession.withGnomeKeyring();
    KeyringTokenStore store = open();
    String version = Objects.requireNonNull(store.write("account", "before", null));
    DesktopSession.signal(session.daemon(), "STOP");

    TokenStoreFailure first =
        FailingCall.within(LIMIT.plusSeconds(1), () -> store.write("account", "after", version));
    TokenStoreFailure second =
        FailingCall.within(LIMIT.plusSeconds(1), () -> store.read("account"));
    TokenStoreFailure third =
        FailingCall.within(LIMIT.plusSeconds(1), () -> builder().open().read("account"));
    DesktopSession.signal(session.daemon(), "CONT");

    assertThat(first.problem()).isEqualTo(Problem.TIMED_OUT);
    assertThat(second.problem()).isEqualTo(Problem.TIMED_OUT);
    assertThat(third.problem()).isEqualTo(Problem.TIMED_OUT);
    assertThat(read(store)).isEqualTo("before");
    assertThat(store.write("account", "after", version)).isNotNull();
    assertThat(read(store)).isEqualTo("after");
  }

  private static ThrowingCallable[] calls(KeyringTokenStore store, String version) {
    return new ThrowingCallable[] {
      () -> store.read("account"),
      () -> store.prepareWrite("account", 100),
      () -> store.write("account", "after", version),
      () -> store.delete("account", version),
      store::keys
    };
  }

  private static String read(KeyringTokenStore store) {
    StoredRecord record = Objects.requireNonNull(store.read("account"));
    return record.content();
  }

  /** Loading the classes of D-Bus and SLF4J takes a second, once in a JVM. */
  private void warmUp() {
    var unused = catchThrowableOfType(TokenStoreFailure.class, this::open);
  }

  private KeyringTokenStore open() {
    KeyringTokenStore store = builder().open();
    opened.add(store);
    return store;
  }

  private KeyringTokenStoreBuilder builder() {
    return KeyringTokenStore.builder(SERVICE).lockDirectory(locks).callLimit(LIMIT);
  }
}
