package dev.latchkey.internal.concurrent;

import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.Throttled;
import dev.latchkey.internal.time.Jitter;
import dev.latchkey.internal.time.Time;
import dev.latchkey.internal.time.TokenLifetime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps callers in a loop from flooding the server. After a failed request, the same failure is
 * thrown, with the time that is left, until the server's {@code Retry-After} or a growing pause is
 * over, and a little longer, by chance. A server that is busy or down gets no request at all; any
 * other failure concerns only equal requests. Old failures are forgotten, because each challenge
 * may bring other claims. Thread-safe.
 */
public final class Backoff {

  private static final Duration REMEMBERED = Duration.ofMinutes(10);
  private static final String EVERYTHING = "";

  /**
   * A request that failed.
   *
   * @param pause how long it lasts, and how the next pause grows
   * @param rest lasts while no request is made
   * @param memory lasts while another failure lengthens the pause
   */
  private record Failure(
      LatchkeyException exception, RetryPause pause, TokenLifetime rest, TokenLifetime memory) {

    Failure besides(RetryPause early) {
      return new Failure(exception, pause.besides(early), rest, memory);
    }
  }

  private final Time time;
  private final @Nullable Jitter jitter;
  private final Map<String, Failure> failures = new ConcurrentHashMap<>();

  /** Creates one for requests that programs make of their own accord. */
  public Backoff(Time time) {
    this(time, null);
  }

  /**
   * Creates one.
   *
   * @param jitter what chance adds; null for that of {@code time}. Nothing where a person begins
   *     each request, because people do not act in step and are told the time
   */
  public Backoff(Time time, @Nullable Jitter jitter) {
    this.time = time;
    this.jitter = jitter;
  }

  private Jitter jitter() {
    return jitter == null ? time.jitter() : jitter;
  }

  /**
   * Records a failed request.
   *
   * @param what names the request; not blank
   * @return the failure to throw, with the time until the next request
   */
  public LatchkeyException failed(String what, LatchkeyException exception) {
    return withTimeLeft(
        noted(concernsEverything(exception) ? EVERYTHING : what, exception, pause -> pause));
  }

  /** Records a failure that concerns no other request. */
  public void failedAlone(String what, LatchkeyException exception) {
    Failure unused = noted(what, exception, pause -> pause);
  }

  /**
   * Records the failure of an early refresh, which concerns no other request.
   *
   * @param left the time until the token expires, in which nobody waits for another one
   */
  public void failedEarly(String what, LatchkeyException exception, Duration left) {
    Failure early = noted(what, exception, pause -> pause.early(left, jitter()));
    if (isBusy(exception)) {
      Failure unused =
          failures.computeIfPresent(EVERYTHING, (key, failure) -> failure.besides(early.pause()));
    }
  }

  private Failure noted(
      String key, LatchkeyException exception, UnaryOperator<RetryPause> adjusted) {
    failures.values().removeIf(failure -> !failure.memory().isAlive(time));
    return failures.compute(
        key, (k, before) -> failure(exception, adjusted.apply(after(before, exception))));
  }

  private RetryPause after(@Nullable Failure before, LatchkeyException exception) {
    return RetryPause.after(
        before == null ? null : before.pause(), isBusy(exception), retryAfter(exception), jitter());
  }

  private Failure failure(LatchkeyException exception, RetryPause pause) {
    Duration length = pause.length();
    return new Failure(exception, pause, lasting(length), lasting(length.plus(REMEMBERED)));
  }

  private TokenLifetime lasting(Duration duration) {
    return TokenLifetime.granted(time.nanos(), time.wallMillis(), duration, null);
  }

  /** The number of failures that are remembered. */
  int size() {
    return failures.size();
  }

  /** Records a success, which shows that the server is up. */
  public void succeeded(String what) {
    failures.remove(EVERYTHING);
    failures.remove(what);
  }

  /** Records a success that says nothing about other requests. */
  public void succeededAlone(String what) {
    failures.remove(what);
  }

  /** Forgets all failures. */
  public void clear() {
    failures.clear();
  }

  /** Whether {@link #check} would throw. */
  public boolean isActive(String what) {
    return active(what) != null;
  }

  /** Throws the last failure of the request, or of the server, while its pause lasts. */
  public void check(String what) {
    Failure failure = active(what);
    if (failure != null) {
      throw withTimeLeft(failure);
    }
  }

  private @Nullable Failure active(String what) {
    for (String name : List.of(EVERYTHING, what)) {
      Failure failure = failures.get(name);
      if (failure != null && failure.rest().isAlive(time)) {
        return failure;
      }
    }
    return null;
  }

  /** Whether the server itself said that it is busy or down; it may be the network otherwise. */
  private static boolean isBusy(LatchkeyException exception) {
    return exception instanceof Throttled
        || (exception instanceof ServiceUnavailable && exception.getCause() == null);
  }

  private static boolean concernsEverything(LatchkeyException exception) {
    return exception instanceof Throttled
        || exception instanceof ServiceUnavailable
        || exception instanceof InvalidResponse;
  }

  private static @Nullable Duration retryAfter(LatchkeyException exception) {
    if (exception instanceof Throttled throttled) {
      return throttled.retryAfter();
    }
    return exception instanceof ServiceUnavailable unavailable ? unavailable.retryAfter() : null;
  }

  private LatchkeyException withTimeLeft(Failure failure) {
    LatchkeyException exception = failure.exception();
    Duration left = failure.rest().left(time);
    String message = exception.getMessage();
    if (exception instanceof Throttled) {
      return new Throttled(
          left, message, exception.oauthError(), exception.remedy(), exception.getCause());
    }
    if (exception instanceof ServiceUnavailable) {
      return new ServiceUnavailable(
          left, message, exception.oauthError(), exception.remedy(), exception.getCause());
    }
    return exception;
  }
}
