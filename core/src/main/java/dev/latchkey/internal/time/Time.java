package dev.latchkey.internal.time;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The only access to clocks, and to waits between protocol steps. Tests substitute a clock of their
 * own, record every wait and move time by hand.
 */
public interface Time {

  /**
   * The monotonic clock in nanoseconds: only differences are meaningful. It may stand still while
   * the machine sleeps.
   */
  long nanos();

  /** The wall clock in milliseconds since 1970; may jump. */
  long wallMillis();

  /**
   * Returns a future that completes after the delay, on a timer thread that must not be blocked. No
   * thread sleeps meanwhile. Cancelling the future releases the timer at once.
   */
  CompletableFuture<Void> after(Duration delay);

  /** By how much waits are lengthened at random: by nothing, unless overridden. */
  default Jitter jitter() {
    return Jitter.NONE;
  }

  /** The machine's own clocks and the JDK's shared timer, a daemon thread. */
  static Time system() {
    return SystemTime.INSTANCE;
  }
}
