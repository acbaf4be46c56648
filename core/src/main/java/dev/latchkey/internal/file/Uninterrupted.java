package dev.latchkey.internal.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Finishes a file operation although its thread is interrupted, and restores the interrupt for the
 * caller. An interrupt closes the {@code FileChannel} in use: without this class, interrupting a
 * worker would lose the refresh token that it is about to write.
 */
public final class Uninterrupted {

  /** An operation that leaves nothing behind when it is cut short, so that it can be repeated. */
  public interface Step<T> {
    T run() throws IOException, InterruptedException;
  }

  private Uninterrupted() {}

  public static <T> T run(Step<T> step) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return step.run();
        } catch (ClosedByInterruptException again) {
          // The flag is usually set, and would end the next try, too. It is not where another
          // thread, still in Thread.interrupt, closed the channel for an interrupt seen before.
          interrupted |= Thread.interrupted();
        } catch (InterruptedException again) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
