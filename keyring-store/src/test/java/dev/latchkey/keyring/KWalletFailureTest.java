package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.keyring.fixture.DesktopSession;
import dev.latchkey.keyring.fixture.FailingCall;
import dev.latchkey.store.StoredRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real kwalletd5 that is closed, killed or stopped. */
@Tag("daemons")
@Timeout(120)
class KWalletFailureTest {

  private static final Duration LIMIT = Duration.ofSeconds(4);

  private DesktopSession session;
  private KeyringTokenStore store;
  private String version;

  @TempDir Path locks;

  @BeforeEach
  void write() throws Exception {
    session = DesktopSession.withKWallet();
    store =
        KeyringTokenStore.builder("com.example.app").lockDirectory(locks).callLimit(LIMIT).open();
    version = Objects.requireNonNull(store.write("account", "before", null));
  }

  @AfterEach
  void logOut() throws Exception {
    if (store != null) {
      store.close();
    }
    if (session != null) {
      session.close();
    }
  }

  @Test
  void aClosedWalletIsReportedAsLockedAndIsUsedAgainOnceOpen() throws Exception {
    session.closeWallets();

    assertThat(FailingCall.withoutWaiting(() -> store.write("account", "lost", version)))
        .isInstanceOf(KeyringLocked.class);
    assertThat(store.isLocked()).isTrue();
    session.openWallet();

    assertThat(read()).isEqualTo("before");
    assertThat(store.write("account", "after", version)).isNotNull();
    assertThat(read()).isEqualTo("after");
  }

  /** To a program that it denies access, KWallet says that the wallet is empty. */
  @Test
  void aWalletThatDeniesAccessIsNotTakenForAnEmptyOne() throws Exception {
    session.letKWalletDeny("com.example.app");

    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> store.read("account"),
            () -> store.write("account", "lost", version),
            () -> store.delete("account", version),
            store::keys)) {
      TokenStoreFailure failure = FailingCall.withoutWaiting(call);
      assertThat(failure).isInstanceOf(KeyringLocked.class);
      assertThat(failure.remedy()).contains("access control");
    }
    session.letEveryProgramIntoKWallet();

    assertThat(read()).isEqualTo("before");
    assertThat(store.keys()).containsExactly("account");
  }

  @Test
  void aKilledDaemonIsReportedAndItsSuccessorIsUsed() throws Exception {
    session.kill(session.daemon());

    assertThat(FailingCall.within(LIMIT, () -> store.write("account", "lost", version)))
        .isInstanceOf(KeyringUnavailable.class);
    session.startKWallet();

    assertThat(read()).isEqualTo("before");
    assertThat(store.write("account", "after", version)).isNotNull();
    assertThat(read()).isEqualTo("after");
  }

  @Test
  void aStoppedDaemonCostsNoMoreThanTheLimitAndIsUsedAgain() throws Exception {
    DesktopSession.signal(session.daemon(), "STOP");

    TokenStoreFailure failure =
        FailingCall.within(LIMIT.plusSeconds(1), () -> store.write("account", "after", version));
    DesktopSession.signal(session.daemon(), "CONT");

    assertThat(failure.problem()).isEqualTo(Problem.TIMED_OUT);
    assertThat(read()).isEqualTo("before");
    assertThat(store.write("account", "after", version)).isNotNull();
    assertThat(read()).isEqualTo("after");
  }

  private String read() {
    StoredRecord record = Objects.requireNonNull(store.read("account"));
    return record.content();
  }
}
