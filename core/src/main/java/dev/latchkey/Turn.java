package dev.latchkey;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.store.TokenStore.Lease;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to change one record: first among the threads of this session, then, by the store's
 * lease, among all processes. The first still holds where the store can give no lease.
 */
final class Turn {

  private final Vault vault;
  private final String id;
  private final Duration timeout;
  private final Semaphore free = new Semaphore(1, true);

  Turn(Vault vault, String id, Duration timeout) {
    this.vault = vault;
    this.id = id;
    this.timeout = timeout;
  }

  /**
   * Waits for the turn.
   *
   * @param evenWithoutStore whether to go on if the store cannot give leases
   */
  Lease take(boolean evenWithoutStore) throws InterruptedException {
    if (!free.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new TokenStoreFailure(
          Problem.LEASE_TIMEOUT,
          "Another thread kept the session to itself for longer than " + timeout,
          "Try again when its refresh is done.",
          null);
    }
    Lease taken = null;
    try {
      taken = leaseOfStore(evenWithoutStore);
    } finally {
      if (taken == null) {
        free.release();
      }
    }
    return both(taken);
  }

  private Lease leaseOfStore(boolean evenWithoutStore) throws InterruptedException {
    try {
      return vault.lease(id, timeout);
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
