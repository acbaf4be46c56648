package dev.latchkey.internal.concurrent;

import dev.latchkey.internal.time.ExponentialDelay;
import dev.latchkey.internal.time.Time;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries one thing again until it succeeds, with pauses that grow from a second to a minute. However
 * often it is started, there is one chain of tries.
 */
public final class RetryLoop {

  private static final Logger log = LoggerFactory.getLogger(RetryLoop.class);
  private static final ExponentialDelay DELAY =
      new ExponentialDelay(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private final Time time;
  private final Executor workers;
  private final Callable<Boolean> attempt;

  private boolean running;
  private boolean startedAgain;

  /**
   * Describes them.
   *
   * @param attempt blocks; whether nothing is left to do
   */
  public RetryLoop(Time time, Executor workers, Callable<Boolean> attempt) {
    this.time = time;
    this.workers = workers;
    this.attempt = attempt;
  }

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
                    log.warn("a retry failed", failure);
                  }
                  next(pause, done != null && done);
                }));
  }

  private synchronized void next(Duration pause, boolean done) {
    if (!done) {
      later(DELAY.after(pause));
    } else if (startedAgain) { // the last try may not have seen what it was started for
      startedAgain = false;
      later(DELAY.first());
    } else {
      running = false;
    }
  }
}
