package dev.latchkey.graph.drive;

import dev.latchkey.graph.http.GraphHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;

/** Work with local files. */
final class Local {

  /** What may fail. */
  @FunctionalInterface
  interface Work<T> {
    /** Does it. */
    T run() throws IOException;
  }

  private Local() {}

  /**
   * Runs it.
   *
   * @throws UncheckedIOException if it fails
   * @throws java.util.concurrent.CancellationException if the thread is interrupted meanwhile
   */
  static <T> T run(Work<T> work) {
    try {
      return work.run();
    } catch (ClosedByInterruptException e) {
      throw GraphHttp.interrupted(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
