package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.store.StoredRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real kwalletd5 that is closed, killed or stopped. */
@Timeout(120)
class KWalletFailureTest {

  private static final Duration LIMIT = Duration.ofSeconds(4);

  private Session session;
  private KeyringTokenStore store;
  private String version;

  @TempDir Path locks;

  @BeforeEach
  void write() throws Exception {
    session = Session.withKWallet();
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
  void aClosedWalletIsLockedAndIsUsedAgainWhenItIsOpen() throws Exception {
    session.closeWallets();

    assertThat(failsWithin(Duration.ofSeconds(1), () -> store.write("account", "lost", version)))
        .isInstanceOf(KeyringLocked.class);
    assertThat(store.isLocked()).isTrue();
    session.openWallet();

    assertThat(read()).isEqualTo("before");
    assertThat(store.write("account", "after", version)).isNotNull();
    assertThat(read()).isEqualTo("after");
  }

  /** To a program that it keeps out, KWallet says that nothing is there. */
  @Test
  void aWalletThatDeniesTheProgramIsNotTakenForAnEmptyOne() throws Exception {
    session.letKWalletDeny("com.example.app");

    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> store.read("account"),
            () -> store.write("account", "lost", version),
            () -> store.delete("account", version),
            store::keys)) {
      TokenStoreFailure failure = failsWithin(Duration.ofSeconds(1), call);
      assertThat(failure).isInstanceOf(KeyringLocked.class);
      assertThat(failure.remedy()).contains("access control");
    }
    session.letEveryProgramIntoKWallet();

    assertThat(read()).isEqualTo("before");
    assertThat(store.keys()).containsExactly("account");
  }

  @Test
  void aKilledDaemonIsTypedAndOneThatIsBackIsUsedAgain() throws Exception {
    session.kill(session.daemon());

    assertThat(failsWithin(LIMIT, () -> store.write("account", "lost", version)))
        .isInstanceOf(KeyringUnavailable.class);
    session.startKWallet();

    assertThat(read()).isEqualTo("before");
    assertThat(store.write("account", "after", version)).isNotNull();
    assertThat(read()).isEqualTo("after");
  }

  @Test
  void aStoppedDaemonTakesNoLongerThanTheLimitAndIsUsedAgain() throws Exception {
    Session.signal(session.daemon(), "STOP");

    TokenStoreFailure failure =
        failsWithin(LIMIT.plusSeconds(1), () -> store.write("account", "after", version));
    Session.signal(session.daemon(), "CONT");

    assertThat(failure.problem()).isEqualTo(Problem.TIMED_OUT);
    assertThat(read()).isEqualTo("before");
    assertThat(store.write("account", "after", version)).isNotNull();
    assertThat(read()).isEqualTo("after");
  }

  private String read() {
    StoredRecord record = Objects.requireNonNull(store.read("account"));
    return record.content();
  }

  private static TokenStoreFailure failsWithin(Duration limit, ThrowingCallable call) {
    long start = System.nanoTime();
    TokenStoreFailure failure = catchThrowableOfType(TokenStoreFailure.class, call);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(failure).isNotNull();
    assertThat(failure.remedy()).isNotBlank();
    assertThat(took).as(failure.toString()).isLessThan(limit);
    return failure;
  }
}
