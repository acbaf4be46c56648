package dev.latchkey.internal.concurrent;

import dev.latchkey.internal.time.ExponentialDelay;
import dev.latchkey.internal.time.Jitter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The pure part of a backoff: decides how long no request follows a failure.
 *
 * @param step what doubles with the next failure: from a second to a minute
 * @param length the time until the next request
 */
public record RetryPause(Duration step, Duration length) {

  private static final ExponentialDelay DELAY =
      new ExponentialDelay(Duration.ofSeconds(1), Duration.ofMinutes(1));

  /**
   * Decides after a failure.
   *
   * @param before the pause before; null for the first failure
   * @param busy whether the server itself answered that it is busy or down
   * @param asked what it asked for; null if it did not
   */
  public static RetryPause after(
      @Nullable RetryPause before, boolean busy, @Nullable Duration asked, Jitter jitter) {
    Duration step = DELAY.after(before == null ? null : before.step());
    Duration length =
        asked == null
            ? jitter.lengthened(step, busy && step.equals(DELAY.max()))
            : jitter.afterAtLeast(longest(asked, DELAY.first()));
    return new RetryPause(step, length);
  }

  /** The same after an early refresh, for which nobody waits while the token is alive. */
  public RetryPause early(Duration left, Jitter jitter) {
    return new RetryPause(step, jitter.early(length, left));
  }

  /**
   * The same, which grows on as if the early refresh that failed had been repeated all the time
   * that its own pause lasts.
   */
  public RetryPause besides(RetryPause early) {
    Duration half = early.length().dividedBy(2);
    Duration known = half.compareTo(DELAY.max()) < 0 ? half : DELAY.max();
    return new RetryPause(longest(step, known), length);
  }

  private static Duration longest(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}
