package dev.latchkey.graph.internal.http;

import dev.latchkey.internal.text.SafeCause;
import dev.latchkey.internal.time.Time;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits that an interrupt ends. */
public final class Waits {

  private Waits() {}

  /**
   * Blocks for the duration.
   *
   * @throws CancellationException if the thread is interrupted
   */
  public static void pause(Time time, Duration duration) {
    Future<?> wait = time.after(duration);
    try {
      wait.get();
    } catch (InterruptedException e) {
      wait.cancel(true);
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a wait failed", SafeCause.orNull(e.getCause()));
    }
  }

  /** The exception for a call that an interrupt ended. Sets the thread's interrupt flag again. */
  public static CancellationException interrupted(Exception cause) {
    Thread.currentThread().interrupt();
    CancellationException cancelled = new CancellationException("interrupted while waiting");
    cancelled.initCause(SafeCause.of(cause));
    return cancelled;
  }
}
