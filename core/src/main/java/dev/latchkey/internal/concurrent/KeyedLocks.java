package dev.latchkey.internal.concurrent;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * One lock for each key among the threads of this process. Fair, not reentrant, and not bound to a
 * thread. Keeps nothing for a key that nobody holds or waits for. Thread-safe.
 */
public final class KeyedLocks {

  private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();

  /**
   * Takes the lock of a key.
   *
   * @param timeout how long to wait; zero or less tries once
   * @return whether the caller holds the lock now
   */
  public boolean tryLock(String key, Duration timeout) throws InterruptedException {
    Entry entry = entries.compute(key, (k, known) -> (known == null ? new Entry() : known).used(1));
    boolean locked = false;
    try {
      locked = entry.free.tryAcquire(NANOSECONDS.convert(timeout), NANOSECONDS);
      return locked;
    } finally {
      if (!locked) {
        leave(key);
      }
    }
  }

  /** Releases a lock that is held, on any thread. */
  public void unlock(String key) {
    entries.computeIfPresent(key, (k, entry) -> entry.released());
    leave(key);
  }

  private void leave(String key) {
    entries.computeIfPresent(key, (k, entry) -> entry.used(-1).isUsed() ? entry : null);
  }

  /** How many keys somebody holds or waits for. */
  int size() {
    return entries.size();
  }

  /** A lock and how many threads hold it or wait for it. Changed within the map's compute only. */
  private static final class Entry {
    private final Semaphore free = new Semaphore(1, true);
    private int users;

    Entry used(int more) {
      users += more;
      return this;
    }

    Entry released() {
      free.release();
      return this;
    }

    boolean isUsed() {
      return users > 0;
    }
  }
}
