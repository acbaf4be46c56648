package dev.latchkey.internal.concurrent;

import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.Throttled;
import dev.latchkey.internal.time.ExponentialDelay;
import dev.latchkey.internal.time.Time;
import dev.latchkey.internal.time.TokenLifetime;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps callers in a loop from becoming a flood: after a failed request the same failure answers,
 * with the time that is left, until the server's {@code Retry-After} or a growing pause is over. A
 * server that is busy or down is left alone altogether; any other refusal concerns only those who
 * ask for the same again. What has been over for a while is forgotten: each challenge may want
 * other claims, and nobody will ask for the old ones again.
 */
public final class Backoff {

  private static final ExponentialDelay DELAY =
      new ExponentialDelay(Duration.ofSeconds(1), Duration.ofMinutes(1));
  private static final Duration REMEMBERED = Duration.ofMinutes(10);
  private static final String EVERYTHING = "";

  /**
   * A request that failed.
   *
   * @param pause how long not to ask, if the server does not say
   * @param rest until when not to ask
   * @param memory until when the pause grows if it fails again
   */
  private record Failure(
      LatchkeyException exception, Duration pause, TokenLifetime rest, TokenLifetime memory) {}

  private final Time time;
  private final Map<String, Failure> failures = new ConcurrentHashMap<>();

  public Backoff(Time time) {
    this.time = time;
  }

  /**
   * Notes that a request failed.
   *
   * @param what was asked for; not blank
   * @return what to throw: the failure, with the time until the next request will be made
   */
  public LatchkeyException failed(String what, LatchkeyException exception) {
    return withTimeLeft(noted(concernsEverything(exception) ? EVERYTHING : what, exception));
  }

  /** Notes that something failed that nothing else depends on. */
  public void failedAlone(String what, LatchkeyException exception) {
    Failure unused = noted(what, exception);
  }

  private Failure noted(String key, LatchkeyException exception) {
    failures.values().removeIf(failure -> !failure.memory().isAlive(time));
    return failures.compute(key, (k, before) -> after(before, exception));
  }

  private Failure after(@Nullable Failure before, LatchkeyException exception) {
    Duration pause = DELAY.after(before == null ? null : before.pause());
    Duration asked = retryAfter(exception);
    Duration wait =
        asked == null ? pause : asked.compareTo(DELAY.first()) < 0 ? DELAY.first() : asked;
    return new Failure(exception, pause, lasting(wait), lasting(wait.plus(REMEMBERED)));
  }

  private TokenLifetime lasting(Duration duration) {
    return TokenLifetime.granted(time.nanos(), time.wallMillis(), duration, null);
  }

  /** How many failures are remembered. */
  int size() {
    return failures.size();
  }

  public void succeeded(String what) {
    failures.remove(EVERYTHING);
    failures.remove(what);
  }

  public void succeededAlone(String what) {
    failures.remove(what);
  }

  public void clear() {
    failures.clear();
  }

  public boolean isActive(String what) {
    return active(EVERYTHING) != null || active(what) != null;
  }

  /** Throws the last failure while its pause lasts. */
  public void check(String what) {
    Failure failure = active(EVERYTHING);
    if (failure == null) {
      failure = active(what);
    }
    if (failure != null) {
      throw withTimeLeft(failure);
    }
  }

  private @Nullable Failure active(String key) {
    Failure failure = failures.get(key);
    return failure != null && failure.rest().isAlive(time) ? failure : null;
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
