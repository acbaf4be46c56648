package dev.latchkey.internal.time;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Delays that double. Immutable.
 *
 * @param first the first delay
 * @param max the longest delay; not shorter than {@code first}
 */
public record ExponentialDelay(Duration first, Duration max) {

  /** More doublings would overflow, and reach any sensible maximum. */
  private static final int MAX_DOUBLINGS = 20;

  /**
   * Returns the delay that follows another.
   *
   * @param previous the delay before, or null for the first one
   */
  public Duration after(@Nullable Duration previous) {
    return previous == null ? first : capped(previous.multipliedBy(2));
  }

  /**
   * Returns the delay after an attempt that failed.
   *
   * @param attempt the number of the attempt, from 1 on
   */
  public Duration afterAttempt(int attempt) {
    return capped(first.multipliedBy(1L << Math.min(attempt - 1, MAX_DOUBLINGS)));
  }

  private Duration capped(Duration delay) {
    return delay.compareTo(max) > 0 ? max : delay;
  }
}
