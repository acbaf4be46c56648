package dev.latchkey.internal.session;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.internal.concurrent.Deadline;
import dev.latchkey.internal.time.Time;
import dev.latchkey.store.TokenStore.Lease;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to change one record: first among the threads of this session, then, by the store's
 * lease, among all processes. Threads are still kept apart where the store can give no lease.
 */
final class SessionLock {

  private final RecordRepository repository;
  private final String id;
  private final Duration timeout;
  private final Time time;
  private final Semaphore free = new Semaphore(1, true);

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
   * Waits for the lock.
   *
   * @param evenWithoutStore whether to go on if the store cannot give leases
   * @param deadline for both waits; after it, each lock is tried once
   * @return the lock; closing it twice is harmless
   * @throws TokenStoreFailure if another thread or process kept the lock until the deadline, or the
   *     store cannot give leases
   */
  Lease take(boolean evenWithoutStore, Deadline deadline) throws InterruptedException {
    if (!free.tryAcquire(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
      throw new TokenStoreFailure(
          Problem.LEASE_TIMEOUT,
          "Another thread kept the session to itself for longer than " + timeout,
          "Try again when its refresh is done.",
          null);
    }
    Lease taken = null;
    try {
      taken = leaseOfStore(evenWithoutStore, deadline);
    } finally {
      if (taken == null) {
        free.release();
      }
    }
    return both(taken);
  }

  private Lease leaseOfStore(boolean evenWithoutStore, Deadline deadline)
      throws InterruptedException {
    try {
      return repository.lease(id, deadline.left());
    } catch (TokenStoreFailure e) {
      if (evenWithoutStore && e.problem() != Problem.LEASE_TIMEOUT) {
        return () -> {};
      }
      throw e;
    }
  }

  private Lease both(Lease ofStore) {
    AtomicBoolean held = new AtomicBoolean(true);
    return () -> {
      if (held.getAndSet(false)) {
        try {
          ofStore.close();
        } finally {
          free.release();
        }
      }
    };
  }
}
