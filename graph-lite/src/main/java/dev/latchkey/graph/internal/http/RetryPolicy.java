package dev.latchkey.graph.internal.http;

import dev.latchkey.internal.time.ExponentialDelay;
import dev.latchkey.internal.time.Jitter;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How often a request or an operation is attempted and how long it pauses in between. Says nothing
 * about whether another attempt is safe: {@link FailedAttempt} does. Immutable.
 *
 * @param maxAttempts the most attempts in a row, at least 1
 * @param deadline the longest time from the start to the end of a pause
 * @param delay the pauses that Graph does not set
 * @param limitsDelay whether the deadline applies to those pauses too, rather than only to a {@code
 *     Retry-After}
 */
public record RetryPolicy(
    int maxAttempts, Duration deadline, ExponentialDelay delay, boolean limitsDelay) {

  private static final ExponentialDelay DELAY =
      new ExponentialDelay(Duration.ofSeconds(1), Duration.ofSeconds(30));

  /**
   * Chance takes an eighth at most of the time for later attempts. With a quarter, a {@code
   * Retry-After} of 30 seconds could get three attempts in two minutes rather than four.
   */
  private static final int PARTS = 8;

  /** For single requests: pauses of 1 to 30 seconds, all of them within the deadline. */
  public static RetryPolicy of(int maxAttempts, Duration deadline) {
    return new RetryPolicy(maxAttempts, deadline, DELAY, true);
  }

  /** The same policy with a single attempt. */
  public RetryPolicy once() {
    return withAttempts(1);
  }

  /** The same policy with another number of attempts. */
  RetryPolicy withAttempts(int most) {
    return new RetryPolicy(most, deadline, delay, limitsDelay);
  }

  /** The policy of a transfer, which may outlast the deadline of a single request. */
  public RetryPolicy forTransfer() {
    return new RetryPolicy(maxAttempts, deadline, delay, false);
  }

  /**
   * Returns the pause before the next attempt: what Graph asked for, in full and a little more, or
   * else the next delay.
   *
   * @param failures the failed attempts so far, from 1
   * @param retryAfter what Graph asked for; zero does not mean at once
   * @param elapsed the time since the first attempt
   * @param jitter what is added to what Graph asked for, at most an eighth of the time left then
   * @param random what shortens a delay
   * @return null if there is to be no further attempt
   */
  public @Nullable Duration pause(
      int failures,
      @Nullable Duration retryAfter,
      Duration elapsed,
      Jitter jitter,
      RandomGenerator random) {
    if (failures >= maxAttempts) {
      return null;
    }
    Duration left = deadline.minus(elapsed);
    if (retryAfter == null || retryAfter.isZero()) {
      Duration delay = delay(failures, random);
      return limitsDelay && delay.compareTo(left) > 0 ? null : delay;
    }
    if (retryAfter.compareTo(left) > 0) {
      return null;
    }
    return jitter.afterAtLeast(retryAfter, left.minus(retryAfter).dividedBy(PARTS));
  }

  /** A delay, shortened by up to half so that clients do not return all at once. */
  Duration delay(int failures, RandomGenerator random) {
    Duration full = delay.afterAttempt(failures);
    return full.minusMillis((long) (full.toMillis() / 2.0 * random.nextDouble()));
  }
}
