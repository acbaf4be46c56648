package dev.latchkey.graph.error;

import org.jspecify.annotations.Nullable;

/**
 * The item does not exist, or this account may not see it (HTTP 404). Next: list again, or create
 * it.
 *
 * @see GraphException
 */
public final class NotFound extends GraphException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param error the details of the response
   * @param cause the exception that was caught, or null
   */
  public NotFound(String message, GraphError error, @Nullable Throwable cause) {
    super(message, error, cause);
  }
}
