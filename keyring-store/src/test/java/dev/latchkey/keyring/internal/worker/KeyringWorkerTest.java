package dev.latchkey.keyring.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.keyring.KeyringBackend;
import dev.latchkey.keyring.KeyringUnavailable;
import dev.latchkey.keyring.fixture.HangingKeyring;
import dev.latchkey.keyring.internal.backend.KeyringFailures;
import dev.latchkey.keyring.internal.backend.KeyringHost;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class KeyringWorkerTest {

  private static final Duration LIMIT = Duration.ofSeconds(2);

  /** Longer than any test: only the end of a call that hung closes the host. */
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final HangingKeyring host = new HangingKeyring();
  private final KeyringWorker worker = worker(() -> host);

  @Test
  void aCallThatHangsEndsAtItsLimitAndTheNextOnesFailAtOnce() {
    host.hang();

    TokenStoreFailure first = fails(() -> worker.get("a"));
    TokenStoreFailure second = fails(() -> worker.set("a", "b"));

    assertThat(first.problem()).isEqualTo(Problem.TIMED_OUT);
    assertThat(second.problem()).isEqualTo(Problem.TIMED_OUT);
    assertThat(host.waits).endsWith(LIMIT);
    host.release();
  }

  /** At a high load, classes and connections alone took longer than the limit. */
  @Test
  @Timeout(60)
  void theLimitCountsFromWhenTheCallLeaves() throws Exception {
    host.hangWhileConnecting();
    AtomicReference<@Nullable String> read = new AtomicReference<>("nothing yet");
    Thread reader = new Thread(() -> read.set(worker.get("a")));
    reader.start();
    awaitWait(LIMIT.multipliedBy(6));

    assertThat(host.waits).containsExactly(LIMIT.multipliedBy(6));
    host.connecting.await();
    host.release();
    reader.join();

    assertThat(read).hasValue(null);
    assertThat(host.waits).endsWith(LIMIT);
  }

  @Test
  void aProgramThatNeverGetsToAskBlamesNoKeyring() {
    host.hangWhileConnecting();
    host.endLimits();

    TokenStoreFailure failure = fails(() -> worker.get("a"));

    assertThat(failure.problem()).isEqualTo(Problem.TIMED_OUT);
    assertThat(failure).hasMessageContaining("This program did not get to ask the keyring");
    assertThat(failure.remedy()).doesNotContain("restart");
    host.release();
  }

  @Test
  @Timeout(60)
  void theTimeThatIsGivenIsTheOneThatPassed() throws Exception {
    host.hangWhileConnecting();
    Thread first = new Thread(() -> worker.get("a"));
    first.start();
    host.connecting.await();
    AtomicReference<TokenStoreFailure> failure = new AtomicReference<>();
    Thread asking =
        new Thread(() -> failure.set(fails(() -> worker.unlock(Duration.ofMinutes(5)))));
    asking.start();
    awaitWait(Duration.ofMinutes(5).plus(LIMIT));

    host.nanos = Duration.ofSeconds(7).toNanos();
    asking.interrupt();
    asking.join();

    assertThat(failure.get()).hasMessageContaining("did not get to ask the keyring within 7000 ms");
    host.release();
    first.join();
  }

  /** The caller begins to wait after its call may have begun on the worker's thread. */
  private void awaitWait(Duration wanted) {
    while (!host.waits.contains(wanted)) {
      Thread.onSpinWait();
    }
  }

  /** Nobody would learn what it does, perhaps hours later. */
  @Test
  void aCallThatWasGivenUpIsNotMadeAgain() throws Exception {
    CountDownLatch quiet = new CountDownLatch(1);
    host.hang();
    host.broken = true;

    fails(() -> worker.set("a", "b"));
    worker.whenQuiet(quiet::countDown);
    host.release();
    quiet.await();

    assertThat(host.probes).hasValue(1);
    assertThat(fails(() -> worker.set("a", "b"))).isInstanceOf(KeyringUnavailable.class);
    assertThat(host.probes).hasValue(3); // a call that was not given up is made twice
  }

  @Test
  void aServiceThatWasReplacedIsOpenedAgainOnce() {
    worker.set("a", "b");
    assertThat(host.opened).hasValue(1);

    host.who = "restarted";
    worker.get("a");
    worker.get("a");

    assertThat(host.opened).hasValue(2);
    worker.disconnect();
  }

  /** KWallet's answer when another process deletes an entry that is being read. */
  @Test
  void anEmptyEntryOfKWalletIsAbsent() {
    host.backend = KeyringBackend.KWALLET;
    worker.set("a", "b");
    host.keyring.entries().replaceAll((name, text) -> "");

    assertThat(worker.get("a")).isNull();
    assertThat(host.confirmed).hasValue(1); // the keyring may be denying access
  }

  @Test
  void aBrokenLibraryMakesTheKeyringUnavailable() {
    host.error = new NoClassDefFoundError("com/sun/jna/Native");

    assertThat(fails(() -> worker.get("a")))
        .isInstanceOf(KeyringUnavailable.class)
        .hasRootCause(host.error);
  }

  @Test
  void anInterruptEndsTheWaitForThePerson() throws Exception {
    host.locked = true;
    AtomicReference<TokenStoreFailure> failure = new AtomicReference<>();
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread asking =
        new Thread(
            () -> {
              failure.set(fails(() -> worker.unlock(Duration.ofHours(1))));
              interrupted.set(Thread.currentThread().isInterrupted());
            });
    asking.start();
    host.asking.await();

    asking.interrupt();
    asking.join();

    assertThat(Objects.requireNonNull(failure.get()).problem()).isEqualTo(Problem.TIMED_OUT);
    assertThat(interrupted).isTrue();
  }

  @Test
  void theFirstCallFindsTheKeyringForAllLaterOnes() {
    AtomicInteger searches = new AtomicInteger();
    KeyringWorker finding =
        worker(
            () -> {
              searches.incrementAndGet();
              return host;
            });
    assertThat(searches).hasValue(0);

    finding.set("a", "b");
    finding.disconnect();

    assertThat(finding.get("a")).isEqualTo("b");
    assertThat(searches).hasValue(1);
  }

  @Test
  void aKeyringThatWasNotFoundIsSearchedForAgain() {
    AtomicInteger searches = new AtomicInteger();
    KeyringWorker finding =
        worker(
            () -> {
              if (searches.incrementAndGet() == 1) {
                throw KeyringFailures.noService();
              }
              return host;
            });

    assertThat(fails(() -> finding.set("a", "b"))).isInstanceOf(KeyringUnavailable.class);

    finding.set("a", "b");
    assertThat(finding.get("a")).isEqualTo("b");
  }

  @Test
  void aCallIsMadeAndAwaitedDespiteAnInterrupt() {
    Thread.currentThread().interrupt();

    worker.set("a", "b");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(worker.get("a")).isEqualTo("b");
  }

  private KeyringWorker worker(Supplier<KeyringHost> finder) {
    return new KeyringWorker(finder, "app", LIMIT, IDLE, host.time());
  }

  private static TokenStoreFailure fails(ThrowingCallable call) {
    TokenStoreFailure failure = catchThrowableOfType(TokenStoreFailure.class, call);
    assertThat(failure).isNotNull();
    return failure;
  }
}
