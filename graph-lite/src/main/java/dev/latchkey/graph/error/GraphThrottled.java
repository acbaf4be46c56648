package dev.latchkey.graph.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Graph asks for fewer requests (HTTP 429, 509): repeatedly, or for longer than the client's
 * deadline allows. Next: wait, then call again.
 *
 * @see GraphException
 */
public final class GraphThrottled extends GraphException {

  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param retryAfter how long Graph asked to wait, or null
   * @param error the details of the response
   * @param cause the exception that was caught, or null
   */
  public GraphThrottled(
      String message, @Nullable Duration retryAfter, GraphError error, @Nullable Throwable cause) {
    super(message, error, cause);
    this.retryAfter = retryAfter;
  }

  /**
   * How long to wait before the next call, counted from when this was thrown.
   *
   * @return the time, above zero; null if Graph did not say
   */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
