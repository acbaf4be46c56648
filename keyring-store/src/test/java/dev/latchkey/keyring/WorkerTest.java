package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerTest {

  private static final Duration LIMIT = Duration.ofSeconds(2);

  /** Longer than any test: what closes the host is the end of a call that hung. */
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final HangingHost host = new HangingHost();

  @TempDir Path locks;

  @Test
  void aCallThatHangsEndsAtItsLimitAndTheNextOnesFailAtOnce() {
    Worker worker = new Worker(host, "app", LIMIT, IDLE);
    CountDownLatch hang = new CountDownLatch(1);
    host.hang = hang;

    TokenStoreFailure first = fails(() -> worker.get("a"));
    long start = System.nanoTime();
    TokenStoreFailure second = fails(() -> worker.set("a", "b"));
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    assertThat(first.problem()).isEqualTo(Problem.TIMED_OUT);
    assertThat(second.problem()).isEqualTo(Problem.TIMED_OUT);
    assertThat(took).isLessThan(LIMIT);
    hang.countDown();
  }

  /** Else the late write of one process could fall into the middle of another's. */
  @Test
  void theWriteLockIsKeptUntilTheCallThatHangsIsOver() throws Exception {
    KeyringTokenStore hanging = open(host);
    KeyringTokenStore other = open(host.keyring);
    String version = Objects.requireNonNull(hanging.write("account", "before", null));
    CountDownLatch hang = new CountDownLatch(1);
    host.closed = new CountDownLatch(1);
    host.hang = hang;

    TokenStoreFailure late = fails(() -> hanging.write("account", "late", version));
    TokenStoreFailure kept = fails(() -> other.write("account", "other", version));
    hang.countDown();
    host.hang = null;
    host.closed.await();

    assertThat(late.problem()).isEqualTo(Problem.TIMED_OUT);
    assertThat(kept.problem()).isEqualTo(Problem.TIMED_OUT);
    assertThat(other.write("account", "other", version)).isNotNull();
    assertThat(Objects.requireNonNull(hanging.read("account")).content()).isEqualTo("other");
  }

  /** Nobody would be told of what it does, hours later perhaps. */
  @Test
  void aCallThatWasGivenUpIsNotMadeAgain() throws Exception {
    Worker worker = new Worker(host, "app", LIMIT, IDLE);
    CountDownLatch hang = new CountDownLatch(1);
    CountDownLatch quiet = new CountDownLatch(1);
    host.hang = hang;
    host.broken = true;

    fails(() -> worker.set("a", "b"));
    worker.whenQuiet(quiet::countDown);
    hang.countDown();
    quiet.await();

    assertThat(host.looks).hasValue(1);
    host.hang = null;
    assertThat(fails(() -> worker.set("a", "b"))).isInstanceOf(KeyringUnavailable.class);
    assertThat(host.looks).hasValue(3); // one that was not given up is made twice
  }

  @Test
  void aServiceThatIsAnotherOneIsOpenedAgainOnce() {
    Worker worker = new Worker(host, "app", LIMIT, IDLE);
    worker.set("a", "b");
    assertThat(host.opened).hasValue(1);

    host.who = "restarted";
    worker.get("a");
    worker.get("a");

    assertThat(host.opened).hasValue(2);
    worker.disconnect();
  }

  /** What KWallet answers when another process deletes the entry that it was just asked for. */
  @Test
  void anEmptyEntryOfKWalletIsNone() {
    host.backend = KeyringBackend.KWALLET;
    Worker worker = new Worker(host, "app", LIMIT, IDLE);
    worker.set("a", "b");
    host.keyring.entries().replaceAll((name, text) -> "");

    assertThat(worker.get("a")).isNull();
    assertThat(host.confirmed).hasValue(1); // it may be a keyring that keeps the program out
  }

  @Test
  void anEmptyEntryOfAnotherKeyringIsDamageAndLeftAsItIs() {
    KeyringTokenStore store = open(host);
    store.write("account", "content", null);
    host.keyring.entries().replaceAll((name, text) -> name.contains("h.") ? "" : text);
    Map<String, String> before = Map.copyOf(host.keyring.entries());

    assertThat(fails(() -> store.read("account")).problem()).isEqualTo(Problem.DAMAGED);
    assertThat(host.keyring.entries()).isEqualTo(before);
  }

  @Test
  void aLibraryThatIsBrokenIsTyped() {
    Worker worker = new Worker(host, "app", LIMIT, IDLE);
    host.error = new NoClassDefFoundError("com/sun/jna/Native");

    assertThat(fails(() -> worker.get("a")))
        .isInstanceOf(KeyringUnavailable.class)
        .hasRootCause(host.error);
  }

  @Test
  void whoIsInterruptedWhileThePersonIsAskedWaitsNoLonger() throws Exception {
    Worker worker = new Worker(host, "app", LIMIT, IDLE);
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

  private KeyringTokenStore open(Host keyring) {
    return KeyringTokenStore.builder("app").callLimit(LIMIT).open(keyring, locks, IDLE);
  }

  private static TokenStoreFailure fails(ThrowingCallable call) {
    TokenStoreFailure failure = catchThrowableOfType(TokenStoreFailure.class, call);
    assertThat(failure).isNotNull();
    return failure;
  }

  /** A keyring whose calls hang, whatever interrupts them, until they are let go. */
  private static final class HangingHost implements Host {
    final SimulatedKeyring keyring =
        new SimulatedKeyring(KeyringBackend.WINDOWS_CREDENTIAL_MANAGER);
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger looks = new AtomicInteger();
    volatile CountDownLatch closed = new CountDownLatch(1);
    volatile @Nullable CountDownLatch hang;
    volatile KeyringBackend backend = keyring.backend();
    volatile boolean broken;
    volatile boolean locked;
    volatile @Nullable Error error;
    final AtomicInteger confirmed = new AtomicInteger();
    final CountDownLatch asking = new CountDownLatch(1);
    volatile String who = "first";

    @Override
    public KeyringBackend backend() {
      return backend;
    }

    @Override
    public String look() {
      looks.incrementAndGet();
      CountDownLatch letGo = hang;
      boolean interrupted = false;
      while (letGo != null && letGo.getCount() > 0) {
        try {
          letGo.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (broken) {
        throw new IllegalStateException("broken");
      }
      Error linkage = error;
      if (linkage != null) {
        throw linkage;
      }
      if (locked) {
        throw Failures.locked(backend());
      }
      return who;
    }

    @Override
    public PlainKeyring open() {
      opened.incrementAndGet();
      return keyring.open();
    }

    @Override
    public void confirmAbsent(String service) {
      confirmed.incrementAndGet();
    }

    /** Until the person answers, which nobody does, or the call is given up. */
    @Override
    public void unlock(String service, Duration limit) {
      asking.countDown();
      try {
        new CountDownLatch(1).await(limit.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException givenUp) {
        throw Failures.timedOut(limit);
      }
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
