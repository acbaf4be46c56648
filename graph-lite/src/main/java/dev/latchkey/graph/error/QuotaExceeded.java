package dev.latchkey.graph.error;

import org.jspecify.annotations.Nullable;

/**
 * There is no space left (HTTP 507, or a code that means the same). Next: ask the user to free some
 * space.
 *
 * @see GraphException
 */
public final class QuotaExceeded extends GraphException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param error the details of the response
   * @param cause the exception that was caught, or null
   */
  public QuotaExceeded(String message, GraphError error, @Nullable Throwable cause) {
    super(message, error, cause);
  }
}
