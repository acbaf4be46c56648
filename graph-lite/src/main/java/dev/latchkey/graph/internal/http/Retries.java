package dev.latchkey.graph.internal.http;

import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.GraphThrottled;
import dev.latchkey.graph.error.GraphUnavailable;
import dev.latchkey.internal.http.TransportFailure;
import dev.latchkey.internal.time.Time;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Applies a {@link RetryPolicy} to an operation of several requests: counts its failures in a row.
 * Used by one thread.
 */
public final class Retries {

  private final RetryPolicy policy;
  private final Time time;
  private int failures;
  private long firstNanos;

  /** Starts a transfer: its pauses are not limited by the deadline of a request. */
  public static Retries forTransfer(GraphConfig config) {
    return new Retries(config.retryPolicy().forTransfer(), config.time());
  }

  /** Starts without a failure. */
  public Retries(RetryPolicy policy, Time time) {
    this.policy = policy;
    this.time = time;
  }

  /** Whether the next failure ends the operation. */
  public boolean isLastAttempt() {
    return failures + 1 >= policy.maxAttempts();
  }

  /** Forgets the failures: the operation has made progress. */
  public void reset() {
    failures = 0;
  }

  /**
   * Counts a failure and pauses before the next attempt, for at least as long as Graph asks if it
   * does.
   *
   * @throws GraphException the failure, if the policy allows no further attempt
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public void afterFailure(GraphException failure) {
    count();
    Duration elapsed = Duration.ofNanos(time.nanos() - firstNanos);
    Duration pause =
        policy.pause(
            failures, retryAfter(failure), elapsed, time.jitter(), ThreadLocalRandom.current());
    if (pause == null || isLasting(failure)) {
      throw failure;
    }
    Waits.pause(time, pause);
  }

  private static boolean isLasting(GraphException failure) {
    return failure.getCause() instanceof TransportFailure unanswered && unanswered.isLasting();
  }

  /**
   * Counts a failure after which something else can be tried: at once after the first in a row,
   * after a pause from then on.
   *
   * @throws GraphException the failure, if the policy allows no further attempt
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public void afterRefusal(GraphException failure) {
    count();
    if (failures >= policy.maxAttempts()) {
      throw failure;
    }
    if (failures > 1) {
      pause(failures - 1);
    }
  }

  /**
   * Pauses as after so many failures in a row, without counting one.
   *
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public void pause(int number) {
    Waits.pause(time, policy.delay(number, ThreadLocalRandom.current()));
  }

  private void count() {
    if (failures == 0) {
      firstNanos = time.nanos();
    }
    failures++;
  }

  private static @Nullable Duration retryAfter(GraphException failure) {
    if (failure instanceof GraphThrottled throttled) {
      return throttled.retryAfter();
    }
    return failure instanceof GraphUnavailable unavailable ? unavailable.retryAfter() : null;
  }
}
