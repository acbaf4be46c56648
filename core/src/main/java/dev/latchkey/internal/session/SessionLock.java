package dev.latchkey.internal.session;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.internal.concurrent.AsyncLock;
import dev.latchkey.internal.concurrent.Deadline;
import dev.latchkey.internal.concurrent.Sequel;
import dev.latchkey.internal.time.Time;
import dev.latchkey.store.TokenStore.Lease;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The right to change one record: first a turn among all that this session does, then, by the
 * store's lease, among all processes. The turn is still kept where the store can give no lease. A
 * refresh waits for its turn without a thread, and keeps both while it waits for the server; any
 * thread may close them.
 */
final class SessionLock {

  private final RecordRepository repository;
  private final String id;
  private final Duration timeout;
  private final Time time;
  private final AsyncLock turns = new AsyncLock();

  SessionLock(RecordRepository repository, String id, Duration timeout, Time time) {
    this.repository = repository;
    this.id = id;
    this.timeout = timeout;
    this.time = time;
  }

  /** When a wait that begins now has to end; several waits may share it. */
  Deadline deadline() {
    return Deadline.in(timeout, time);
  }

  /**
   * Waits for the turn alone, without a thread.
   *
   * @param deadline after it, the turn is tried once
   * @param next gets the turn, which is harmless to close twice, or a {@link TokenStoreFailure} if
   *     another kept it until the deadline
   * @return what comes of it
   */
  <R extends @Nullable Object> CompletableFuture<R> inTurn(
      Deadline deadline, Sequel<Lease, R> next) {
    Held turn = new Held();
    CompletableFuture<Boolean> taken = new CompletableFuture<>();
    CompletableFuture<R> result = next.after(taken.thenApply(mine -> granted(mine, turn)));
    turns.take(taken, deadline.left());
    return result;
  }

  /**
   * Waits for the lease of the store alone, for a caller that has the turn. Blocks.
   *
   * @param evenWithoutStore whether to go on if the store cannot give leases
   * @throws TokenStoreFailure if another process kept the lease until the deadline, or the store
   *     cannot give leases
   */
  Lease lease(boolean evenWithoutStore, Deadline deadline) throws InterruptedException {
    try {
      return repository.lease(id, deadline.left());
    } catch (TokenStoreFailure e) {
      if (evenWithoutStore && e.problem() != Problem.LEASE_TIMEOUT) {
        return () -> {};
      }
      throw e;
    }
  }

  /**
   * Waits for both. Blocks.
   *
   * @param evenWithoutStore whether to go on if the store cannot give leases
   * @param deadline for both waits; after it, each lock is tried once
   * @return the lock; closing it twice is harmless
   * @throws TokenStoreFailure if another thread or process kept the lock until the deadline, or the
   *     store cannot give leases
   */
  Lease take(boolean evenWithoutStore, Deadline deadline) throws InterruptedException {
    Held held = new Held();
    Lease both = granted(turns.takeBlocking(deadline.left()), held);
    try {
      held.ofStore = lease(evenWithoutStore, deadline);
    } catch (Throwable e) {
      held.close();
      throw e;
    }
    return both;
  }

  private Lease granted(boolean taken, Held turn) {
    if (!taken) {
      throw new TokenStoreFailure(
          Problem.LEASE_TIMEOUT,
          "Another thread kept the session to itself for longer than " + timeout,
          "Try again when its refresh is done.",
          null);
    }
    return turn;
  }

  /**
   * The turn, and the lease of the store where that was taken with it. It is made before either is
   * taken: memory may run out in between.
   */
  private final class Held implements Lease {

    private final AtomicBoolean held = new AtomicBoolean(true);
    private volatile @Nullable Lease ofStore;

    @Override
    public void close() {
      if (held.getAndSet(false)) {
        try {
          Lease lease = ofStore;
          if (lease != null) {
            lease.close();
          }
        } finally {
          turns.release();
        }
      }
    }
  }
}
