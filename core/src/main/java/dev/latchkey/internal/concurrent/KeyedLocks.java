package dev.latchkey.internal.concurrent;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * One turn a key among the threads of this process, first come, first served. Not bound to a
 * thread. Keeps nothing for a key that nobody has or wants.
 */
public final class KeyedLocks {

  private final ConcurrentHashMap<String, Turn> turns = new ConcurrentHashMap<>();

  /** Waits for the turn; false if the time ran out. Zero or less tries once. */
  public boolean take(String key, Duration timeout) throws InterruptedException {
    Turn turn = turns.compute(key, (k, known) -> (known == null ? new Turn() : known).wanted(1));
    boolean taken = false;
    try {
      taken = turn.free.tryAcquire(NANOSECONDS.convert(timeout), NANOSECONDS);
      return taken;
    } finally {
      if (!taken) {
        leave(key);
      }
    }
  }

  /** Gives back a turn that was taken. */
  public void giveBack(String key) {
    turns.computeIfPresent(key, (k, turn) -> turn.given());
    leave(key);
  }

  private void leave(String key) {
    turns.computeIfPresent(key, (k, turn) -> turn.wanted(-1).isWanted() ? turn : null);
  }

  /** How many keys are had or wanted. */
  int size() {
    return turns.size();
  }

  private static final class Turn {
    private final Semaphore free = new Semaphore(1, true);
    private int wanting;

    Turn wanted(int more) {
      wanting += more;
      return this;
    }

    Turn given() {
      free.release();
      return this;
    }

    boolean isWanted() {
      return wanting > 0;
    }
  }
}
