package dev.latchkey.graph.http;

import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.GraphThrottled;
import dev.latchkey.graph.error.GraphUnavailable;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** How often an operation of several requests may fail in a row before it ends. */
public final class Patience {

  private final GraphHttp http;
  private final boolean byDeadline;
  private int failures;
  private long firstNanos;

  /** Starts with no failure. For transfers, which may take longer than the deadline of a call. */
  public Patience(GraphHttp http) {
    this(http, false);
  }

  /**
   * Starts with no failure.
   *
   * @param byDeadline whether no wait goes beyond the deadline, also one that Graph did not ask for
   */
  public Patience(GraphHttp http, boolean byDeadline) {
    this.http = http;
    this.byDeadline = byDeadline;
  }

  /** Whether the next failure is the last that is borne. */
  public boolean isAtItsEnd() {
    return failures + 1 >= http.settings().attempts();
  }

  /** It got further. */
  public void restore() {
    failures = 0;
  }

  /**
   * Counts a failure, and waits before the next try, as long as Graph asks if it does.
   *
   * @throws GraphException the failure, if it was the last, or Graph asks for more time than is
   *     left
   * @throws java.util.concurrent.CancellationException if the thread is interrupted meanwhile
   */
  public void afterFailure(GraphException failure) {
    count(failure);
    Duration asked = retryAfter(failure);
    Duration gone = Duration.ofNanos(http.settings().time().nanos() - firstNanos);
    Duration wait =
        asked == null ? FailedAttempt.pause(failures, ThreadLocalRandom.current()) : asked;
    if ((byDeadline || asked != null)
        && wait.compareTo(http.settings().deadline().minus(gone)) > 0) {
      throw failure;
    }
    http.pause(wait);
  }

  private static @Nullable Duration retryAfter(GraphException failure) {
    if (failure instanceof GraphThrottled busy) {
      return busy.retryAfter();
    }
    return failure instanceof GraphUnavailable down ? down.retryAfter() : null;
  }

  /**
   * Counts a failure after which there is something else to try: at once the first time in a row,
   * after a pause from then on.
   *
   * @throws GraphException the failure, if it was the last
   * @throws java.util.concurrent.CancellationException if the thread is interrupted meanwhile
   */
  public void afterRefusal(GraphException failure) {
    count(failure);
    if (failures > 1) {
      http.pause(FailedAttempt.pause(failures - 1, ThreadLocalRandom.current()));
    }
  }

  private void count(GraphException failure) {
    if (failures == 0) {
      firstNanos = http.settings().time().nanos();
    }
    failures++;
    if (failures >= http.settings().attempts()) {
      throw failure;
    }
  }
}
