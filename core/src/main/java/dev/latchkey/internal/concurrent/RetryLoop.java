package dev.latchkey.internal.concurrent;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.latchkey.internal.text.SafeCause;
import dev.latchkey.internal.time.ExponentialDelay;
import dev.latchkey.internal.time.Time;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats one attempt until it succeeds, with pauses that double from a second to a minute. However
 * often the loop is started, one chain of attempts runs.
 */
public final class RetryLoop {

  private static final Logger log = LoggerFactory.getLogger(RetryLoop.class);
  private static final ExponentialDelay DELAY =
      new ExponentialDelay(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private final Time time;
  private final Executor workers;
  private final Callable<Boolean> attempt;

  @GuardedBy("this")
  private boolean running;

  @GuardedBy("this")
  private boolean startedAgain;

  /**
   * Creates a loop that does not run yet.
   *
   * @param workers where attempts run
   * @param attempt may block; returns whether nothing is left to do
   */
  public RetryLoop(Time time, Executor workers, Callable<Boolean> attempt) {
    this.time = time;
    this.workers = workers;
    this.attempt = attempt;
  }

  /** Starts the loop; if it runs already, one more attempt follows its success. Does not block. */
  public synchronized void start() {
    if (running) {
      startedAgain = true;
    } else {
      running = true;
      later(DELAY.first());
    }
  }

  private void later(Duration pause) {
    Futures.then(
        time.after(pause),
        (over, cancelled) ->
            Futures.then(
                Futures.callOn(workers, attempt),
                (done, failure) -> {
                  if (failure != null) {
                    log.warn("a retry failed", SafeCause.of(failure));
                  }
                  next(pause, done != null && done);
                }));
  }

  private synchronized void next(Duration pause, boolean done) {
    if (!done) {
      later(DELAY.after(pause));
    } else if (startedAgain) { // the last attempt may not have seen what this start was for
      startedAgain = false;
      later(DELAY.first());
    } else {
      running = false;
    }
  }
}
