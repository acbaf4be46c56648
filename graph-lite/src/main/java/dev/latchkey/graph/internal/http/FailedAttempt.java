package dev.latchkey.graph.internal.http;

import dev.latchkey.AccessToken;
import dev.latchkey.graph.error.GraphError;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.internal.json.GraphJson;
import dev.latchkey.internal.http.HttpDates;
import dev.latchkey.internal.http.TransportFailure;
import dev.latchkey.internal.time.Jitter;
import dev.latchkey.internal.time.Time;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A failed attempt and its consequence: the one place that decides whether a request is sent again.
 * Immutable.
 */
public final class FailedAttempt {

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
   * An attempt without a usable response.
   *
   * @param neverLeft whether the request provably did not reach the server
   */
  public static FailedAttempt unanswered(GraphError error, Throwable cause, boolean neverLeft) {
    return new FailedAttempt(0, error, GraphJson.headers(null), null, cause, neverLeft);
  }

  /** An attempt whose response is a failure. */
  public static FailedAttempt refused(GraphError error, HttpHeaders headers, Time time) {
    Instant now = Instant.ofEpochMilli(time.wallMillis());
    Duration retryAfter = HttpDates.retryAfter(headers, HttpDates.date(headers), now);
    return new FailedAttempt(error.status(), error, headers, retryAfter, null, false);
  }

  /** Whether the server may have acted on the request although no usable response came. */
  public boolean mayHaveBeenCarriedOut() {
    return switch (status) {
      case 0 -> !neverLeft;
      // These say that nothing was done.
      case 501, 503, 505, 507, 509 -> false;
      // The server, or a proxy, did not wait for the whole request (RFC 9110 §15.5.9). It may close
      // an idle connection with it, where the answer to another request was due.
      case 408 -> true;
      // A gateway gave up waiting, or the service failed halfway. The same may hold for whatever
      // else proxies have invented, such as 520 or 599.
      default -> status >= 500;
    };
  }

  /**
   * Returns the pause before the request is sent again.
   *
   * @param repeatable whether sending the request twice has the same effect as sending it once
   * @param attempt the number of attempts so far, from 1
   * @param elapsed the time since the first attempt
   * @param jitter what is added to a {@code Retry-After}
   * @param random what shortens the pause where Graph asks for none
   * @return null if it is not to be sent again: {@link #exception} says why
   */
  public @Nullable Duration pause(
      RetryPolicy policy,
      boolean repeatable,
      int attempt,
      Duration elapsed,
      Jitter jitter,
      RandomGenerator random) {
    boolean safe = repeatable || !mayHaveBeenCarriedOut();
    return safe && isTransient(repeatable)
        ? policy.pause(attempt, retryAfter, elapsed, jitter, random)
        : null;
  }

  /**
   * The exception to end with. It says whether the request may have been carried out.
   *
   * @param token the token that was sent, to tell which scopes it lacks
   */
  public GraphException exception(GraphCall call, @Nullable AccessToken token) {
    if (!call.repeatable() && mayHaveBeenCarriedOut()) {
      return GraphErrorMapper.outcomeUnknown(call, error, cause);
    }
    return cause == null
        ? GraphErrorMapper.exception(call, error, headers, retryAfter, token)
        : GraphErrorMapper.unreachable(call, error, cause);
  }

  private boolean isTransient(boolean repeatable) {
    return switch (status) {
      case 0 -> !(cause instanceof TransportFailure unanswered && unanswered.isLasting());
      case 429, 509 -> true;
      case 408, 500, 502, 504 -> repeatable;
      // From the edge of a CDN whose origin did not respond.
      case 520, 521, 522, 523, 524 -> repeatable;
      case 503 -> repeatable || headers.firstValue("Retry-After").isPresent();
      default -> false;
    };
  }
}
