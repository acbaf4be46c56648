package dev.latchkey;

import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.Throttled;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.time.Time;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps callers in a loop from becoming a flood: after a failed request the same failure answers,
 * with the time that is left, until the server's {@code Retry-After} or a growing pause is over.
 */
final class Backoff {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private record Failure(LatchkeyException exception, long untilNanos, Duration pause) {}

  private final Time time;
  private volatile @Nullable Failure last;

  Backoff(Time time) {
    this.time = time;
  }

  void failed(LatchkeyException exception) {
    if (exception instanceof TokenStoreFailure) {
      return; // no request was made; the person may have unlocked the store by the next call
    }
    Failure before = last;
    Duration pause = before == null ? FIRST : before.pause().multipliedBy(2);
    if (pause.compareTo(LONGEST) > 0) {
      pause = LONGEST;
    }
    Duration asked = retryAfter(exception);
    Duration wait = asked != null && asked.compareTo(pause) > 0 ? asked : pause;
    last = new Failure(exception, time.nanos() + wait.toNanos(), pause);
  }

  void succeeded() {
    last = null;
  }

  boolean isActive() {
    Failure failure = last;
    return failure != null && time.nanos() - failure.untilNanos() < 0;
  }

  /** Throws the last failure while its pause lasts. */
  void check() {
    Failure failure = last;
    if (failure == null) {
      return;
    }
    long left = failure.untilNanos() - time.nanos();
    if (left > 0) {
      throw withTimeLeft(failure.exception(), Duration.ofNanos(left));
    }
  }

  private static @Nullable Duration retryAfter(LatchkeyException exception) {
    if (exception instanceof Throttled throttled) {
      return throttled.retryAfter();
    }
    return exception instanceof ServiceUnavailable unavailable ? unavailable.retryAfter() : null;
  }

  private static LatchkeyException withTimeLeft(LatchkeyException exception, Duration left) {
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
