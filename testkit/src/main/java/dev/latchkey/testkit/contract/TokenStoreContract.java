package dev.latchkey.testkit.contract;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The contract of a {@link TokenStore}, as a JUnit test to extend. A store that passes can be
 * trusted with a rotating refresh token, which is lost for good if a write is lost. For a store
 * that several processes share, extend {@link SharedTokenStoreContract}, which has these tests and
 * more.
 *
 * <pre>{@code
 * class MyTokenStoreTest extends TokenStoreContract {
 *   private final MyDatabase database = MyDatabase.inMemory();
 *
 *   @Override
 *   protected TokenStore open() {
 *     return new MyTokenStore(database);
 *   }
 * }
 * }</pre>
 *
 * <p>JUnit creates an instance of the class for each test, so the storage can be a field or a
 * {@code @TempDir}. Add tests for what is special about your storage: damaged records, missing
 * permissions, a full disk. Each test may take 120 s at most.
 */
@Timeout(120)
public abstract class TokenStoreContract extends RecordContract {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final int THREADS = 8;

  /** For subclasses. */
  protected TokenStoreContract() {}

  /**
   * Opens the storage under test. Each test calls it several times; each call returns a handle on
   * the same storage, which is empty when the test begins. A store that exists only in this process
   * may return the same handle again. The contract closes all handles, some more than once.
   *
   * @return the store
   * @throws Exception if it cannot be opened; the test fails
   */
  @Override
  protected abstract TokenStore open() throws Exception;

  @Test
  void aLeaseHasOneHolderAmongAllHandles() throws Exception {
    TokenStore.Lease lease = handle.lease("account", LONG);

    assertTimesOut(handle, SHORT);
    assertTimesOut(otherHandle, SHORT);
    lease.close();
    otherHandle.lease("account", LONG).close();
  }

  @Test
  void leasesOfDifferentKeysDoNotBlockEachOther() throws Exception {
    TokenStore.Lease lease = handle.lease("account", LONG);

    otherHandle.lease("other", Duration.ZERO).close();
    handle.lease("another", Duration.ZERO).close();
    lease.close();
  }

  @Test
  void aLeaseNeedsNoRecordAndCreatesNone() throws Exception {
    handle.lease("account", LONG).close();

    assertEquals(Set.of(), handle.keys());
    assertNull(handle.read("account"));
  }

  @Test
  void threadsHoldTheLeaseOneAtATime() throws Exception {
    AtomicInteger turn = new AtomicInteger();
    AtomicInteger holders = new AtomicInteger();

    Together.run(
        THREADS,
        () -> {
          TokenStore mine = turn.getAndIncrement() % 2 == 0 ? handle : otherHandle;
          for (int i = 0; i < 5; i++) {
            TokenStore.Lease lease = mine.lease("account", LONG);
            assertEquals(1, holders.incrementAndGet(), "holders at once");
            assertNull(mine.read("account")); // takes a moment
            holders.decrementAndGet();
            lease.close();
          }
          return turn;
        });

    handle.lease("account", LONG).close();
  }

  @Test
  void anotherThreadCanReleaseALease() throws Exception {
    TokenStore.Lease lease = handle.lease("account", LONG);

    CompletableFuture.runAsync(lease::close).get(30, SECONDS);

    otherHandle.lease("account", LONG).close();
  }

  @Test
  void releasingALeaseTwiceTakesItFromNobody() throws Exception {
    TokenStore.Lease first = handle.lease("account", LONG);
    first.close();
    first.close();
    TokenStore.Lease second = otherHandle.lease("account", LONG);

    first.close();

    assertTimesOut(handle, SHORT);
    second.close();
    handle.lease("account", LONG).close();
  }

  @Test
  void aTimeoutOfZeroTriesOnce() throws Exception {
    TokenStore.Lease lease = handle.lease("account", Duration.ZERO);

    assertTimesOut(otherHandle, Duration.ZERO);
    lease.close();
    otherHandle.lease("account", Duration.ZERO).close();
  }

  @Test
  void aWaitLastsForItsTimeoutAndNotMuchLonger() throws Exception {
    TokenStore.Lease lease = handle.lease("account", LONG);
    var stopwatch = new Stopwatch();

    assertTimesOut(otherHandle, Duration.ofMillis(300));

    Duration waited = stopwatch.elapsed();
    assertTrue(waited.compareTo(Duration.ofMillis(299)) >= 0, "waited only " + waited);
    assertTrue(waited.compareTo(Duration.ofSeconds(10)) < 0, "waited " + waited);
    lease.close();
  }

  @Test
  void aWaitingThreadGetsTheLeaseOnceItIsReleased() throws Exception {
    TokenStore.Lease lease = handle.lease("account", LONG);
    WaitingThread waiter = WaitingThread.start(() -> otherHandle.lease("account", LONG).close());

    waiter.awaitBlocked();
    lease.close();

    assertNull(waiter.outcome());
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    TokenStore.Lease lease = handle.lease("account", LONG);
    WaitingThread waiter = WaitingThread.start(() -> otherHandle.lease("account", LONG).close());

    waiter.awaitBlocked();
    waiter.interrupt();

    assertInstanceOf(InterruptedException.class, waiter.outcome());
    lease.close();
    otherHandle.lease("account", LONG).close();
  }

  @Test
  void aWriteNeedsNoLeaseAndIsNotBlockedByOne() throws Exception {
    TokenStore.Lease lease = handle.lease("account", LONG);

    String byHolder = handle.write("account", "by the holder", null);
    String byAnother = otherHandle.write("account", "by another", byHolder);
    handle.prepareWrite("account", 100);
    lease.close();

    assertNotNull(byAnother);
    assertNotNull(handle.write("account", "without a lease", byAnother));
  }

  private static void assertTimesOut(TokenStore store, Duration timeout) {
    TokenStoreFailure failure =
        assertThrows(TokenStoreFailure.class, () -> store.lease("account", timeout));
    assertEquals(Problem.LEASE_TIMEOUT, failure.problem());
  }

  /** A thread that waits, and the outcome of the wait. */
  private static final class WaitingThread {

    private interface Wait {
      void run() throws Exception;
    }

    private final CompletableFuture<@Nullable Throwable> outcome = new CompletableFuture<>();
    private final Thread thread;

    private WaitingThread(Wait wait) {
      thread =
          new Thread(
              () -> {
                try {
                  wait.run();
                  outcome.complete(null);
                } catch (Throwable t) {
                  outcome.complete(t);
                }
              });
    }

    static WaitingThread start(Wait wait) {
      WaitingThread waiter = new WaitingThread(wait);
      waiter.thread.setDaemon(true);
      waiter.thread.start();
      return waiter;
    }

    void awaitBlocked() throws InterruptedException {
      thread.join(200);
      assertTrue(thread.isAlive(), "it did not wait");
    }

    void interrupt() {
      thread.interrupt();
    }

    @Nullable Throwable outcome() throws Exception {
      return outcome.get(10, SECONDS);
    }
  }
}
