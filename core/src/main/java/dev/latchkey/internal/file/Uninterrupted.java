package dev.latchkey.internal.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Finishes a step on disk although its thread is interrupted, and leaves the interrupt for the
 * caller to see. An interrupt closes the {@code FileChannel} in use: without this, interrupting a
 * worker would lose the refresh token that it is about to write.
 */
public final class Uninterrupted {

  /** A step that leaves nothing behind when it is cut short, so that it can be done again. */
  public interface Step<T> {
    public T run() throws IOException, InterruptedException;
  }

  private Uninterrupted() {}

  public static <T> T run(Step<T> step) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return step.run();
        } catch (ClosedByInterruptException again) {
          // Its flag is up, and would end the next try too; unless Thread.interrupt, still busy in
          // another thread, closed the channel late, for an interrupt that was heeded before.
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
