package dev.latchkey.graph.http;

import dev.latchkey.AccessToken;
import dev.latchkey.graph.error.GraphError;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.internal.http.HttpDates;
import dev.latchkey.internal.time.Time;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that failed, and what to do after it: the one place that decides whether a request is
 * sent again. Immutable.
 */
public final class FailedAttempt {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final int status;
  private final GraphError error;
  private final HttpHeaders headers;
  private final @Nullable Duration retryAfter;
  private final @Nullable Throwable cause;
  private final boolean neverLeft;

  private FailedAttempt(
      int status,
      GraphError error,
      HttpHeaders headers,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause,
      boolean neverLeft) {
    this.status = status;
    this.error = error;
    this.headers = headers;
    this.retryAfter = retryAfter;
    this.cause = cause;
    this.neverLeft = neverLeft;
  }

  /**
   * One to which no answer came, or none that makes sense.
   *
   * @param neverLeft whether the request provably did not reach the server
   */
  public static FailedAttempt unanswered(GraphError error, Throwable cause, boolean neverLeft) {
    return new FailedAttempt(0, error, Members.headers(null), null, cause, neverLeft);
  }

  /** One whose answer is a failure. */
  public static FailedAttempt refused(GraphError error, HttpHeaders headers, Time time) {
    Instant now = Instant.ofEpochMilli(time.wallMillis());
    Duration retryAfter = HttpDates.retryAfter(headers, HttpDates.date(headers), now);
    return new FailedAttempt(error.status(), error, headers, retryAfter, null, false);
  }

  /** Whether the server may have acted on the request although no usable answer came. */
  public boolean mayHaveBeenCarriedOut() {
    return switch (status) {
      case 0 -> !neverLeft;
      // These say that nothing was done.
      case 501, 503, 505, 507, 509 -> false;
      // A gateway gave up waiting, or the service broke in the middle of it; so may whatever else
      // proxies invented, such as 520 or 599.
      default -> status >= 500;
    };
  }

  /**
   * How long to wait before the request is sent again.
   *
   * @param repeatable whether sending the request twice does no more than sending it once
   * @param attempt how many attempts were made, from 1
   * @param attempts how many may be made
   * @param left how much of the deadline is left
   * @return null if it is not to be sent again: then there is a {@link #complaint}
   */
  public @Nullable Duration pause(
      boolean repeatable, int attempt, int attempts, Duration left, RandomGenerator random) {
    if ((!repeatable && mayHaveBeenCarriedOut()) || !passes(repeatable) || attempt >= attempts) {
      return null;
    }
    // What Graph asked for, in full. Zero and nonsense are no reason to ask again at once.
    Duration asked = retryAfter;
    Duration wait = asked == null || asked.isZero() ? pause(attempt, random) : asked;
    return wait.compareTo(left) > 0 ? null : wait;
  }

  /**
   * What to end with: that nobody knows whether the request was carried out; or that it was not, or
   * is harmless, or waiting does not help.
   *
   * @param token what was sent with the request, to tell which scopes it lacks
   */
  public GraphException complaint(Call call, @Nullable AccessToken token) {
    if (!call.repeatable() && mayHaveBeenCarriedOut()) {
      return Complaints.unknown(call, error, cause);
    }
    return cause == null
        ? Complaints.of(call, error, headers, retryAfter, token)
        : Complaints.unreachable(call, error, cause);
  }

  private boolean passes(boolean repeatable) {
    return switch (status) {
      case 0, 429, 509 -> true;
      case 500, 502, 504 -> repeatable;
      // Those of a CDN's edge that got no good answer.
      case 520, 521, 522, 523, 524 -> repeatable;
      case 503 -> repeatable || headers.firstValue("Retry-After").isPresent();
      default -> false;
    };
  }

  /**
   * A pause that doubles with the number of attempts so far, shortened by up to half so that
   * clients do not come back all together.
   */
  static Duration pause(int attempt, RandomGenerator random) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 20));
    Duration capped = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    return capped.minusMillis((long) (capped.toMillis() / 2.0 * random.nextDouble()));
  }
}
