package dev.latchkey.store;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Finishes a step on disk although its thread is interrupted, and leaves the interrupt for the
 * caller to see. An interrupt closes the {@code FileChannel} in use: without this, interrupting a
 * worker would lose the refresh token that it is about to write.
 */
final class Uninterrupted {

  /** A step that leaves nothing behind when it is cut short, so that it can be done again. */
  interface Step<T> {
    T run() throws IOException, InterruptedException;
  }

  private Uninterrupted() {}

  static <T> T run(Step<T> step) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return step.run();
        } catch (ClosedByInterruptException | InterruptedException again) {
          // ClosedByInterruptException leaves the flag up, and the next try would end the same way
          Thread.interrupted();
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
