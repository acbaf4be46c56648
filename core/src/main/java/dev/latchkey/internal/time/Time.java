package dev.latchkey.internal.time;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The one seam that reads clocks and waits between protocol steps. Tests put a clock of their own
 * here, record every wait and move time by hand.
 */
public interface Time {

  /** The monotonic clock in nanoseconds: only differences count. May stand still while asleep. */
  long nanos();

  /** The wall clock in milliseconds since 1970; may jump. */
  long wallMillis();

  /**
   * A future that completes after the delay, on a timer thread that must not be blocked. Cancelling
   * it releases the timer at once; no thread sleeps meanwhile.
   */
  CompletableFuture<Void> after(Duration delay);

  /** The machine's own clocks and the JDK's shared timer, a daemon thread. */
  static Time system() {
    return SystemTime.INSTANCE;
  }
}
