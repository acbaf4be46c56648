package dev.latchkey.graph.error;

import org.jspecify.annotations.Nullable;

/**
 * Graph refused the request because of its contents (HTTP 400 and the other 4xx). Next: correct the
 * call; the same request will be refused again.
 *
 * @see GraphException
 */
public final class RequestRefused extends GraphException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param error the details of the response
   * @param cause the exception that was caught, or null
   */
  public RequestRefused(String message, GraphError error, @Nullable Throwable cause) {
    super(message, error, cause);
  }
}
