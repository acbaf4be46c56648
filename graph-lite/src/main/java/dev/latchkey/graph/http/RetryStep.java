package dev.latchkey.graph.http;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What to do after a failed attempt: the one place that decides whether a request is sent again.
 */
public sealed interface RetryStep {

  /** Send it again after the wait. */
  record Again(Duration pause) implements RetryStep {}

  /** Report the failure: it was not carried out, or is harmless, or waiting does not help. */
  record GiveUp() implements RetryStep {}

  /** Report that nobody knows whether it was carried out. */
  record Unknown() implements RetryStep {}

  Duration FIRST_PAUSE = Duration.ofSeconds(1);
  Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /**
   * What went wrong.
   *
   * @param status the HTTP status; 0 if no answer came
   * @param retryAfterSent whether there was a {@code Retry-After}, whatever it said
   * @param retryAfter what it said; null if that made no sense
   * @param neverLeft whether the request provably did not reach the server
   */
  record Failure(
      int status, boolean retryAfterSent, @Nullable Duration retryAfter, boolean neverLeft) {

    public static Failure noAnswer(boolean neverLeft) {
      return new Failure(0, false, null, neverLeft);
    }
  }

  /**
   * Decides.
   *
   * @param repeatable whether sending the request twice does no more than sending it once
   * @param attempt how many attempts were made, from 1
   * @param attempts how many may be made
   * @param left how much of the deadline is left
   */
  static RetryStep next(
      Failure failure,
      boolean repeatable,
      int attempt,
      int attempts,
      Duration left,
      RandomGenerator random) {
    if (!repeatable && mayHaveBeenCarriedOut(failure)) {
      return new Unknown();
    }
    if (!passes(failure, repeatable) || attempt >= attempts) {
      return new GiveUp();
    }
    Duration wait = wait(failure, attempt, random);
    return wait.compareTo(left) > 0 ? new GiveUp() : new Again(wait);
  }

  /** Whether the server may have acted on the request although no usable answer came. */
  static boolean mayHaveBeenCarriedOut(Failure failure) {
    return switch (failure.status()) {
      case 0 -> !failure.neverLeft();
      // These say that nothing was done.
      case 501, 503, 505, 507, 509 -> false;
      // A gateway gave up waiting, or the service broke in the middle of it; so may whatever else
      // proxies invented, such as 520 or 599.
      default -> failure.status() >= 500;
    };
  }

  private static boolean passes(Failure failure, boolean repeatable) {
    return switch (failure.status()) {
      case 0, 429, 509 -> true;
      case 500, 502, 504 -> repeatable;
      // Those of a CDN's edge that got no good answer.
      case 520, 521, 522, 523, 524 -> repeatable;
      case 503 -> repeatable || failure.retryAfterSent();
      default -> false;
    };
  }

  /**
   * What Graph asked for, in full. Zero and nonsense are no reason to ask again at once: then a
   * pause that doubles, shortened by up to half so that clients do not come back all together.
   */
  private static Duration wait(Failure failure, int attempt, RandomGenerator random) {
    Duration asked = failure.retryAfter();
    if (asked != null && !asked.isZero()) {
      return asked;
    }
    return pause(attempt, random);
  }

  /** A pause that grows with the number of attempts so far. */
  static Duration pause(int attempt, RandomGenerator random) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 20));
    Duration capped = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    return capped.minusMillis((long) (capped.toMillis() / 2.0 * random.nextDouble()));
  }
}
