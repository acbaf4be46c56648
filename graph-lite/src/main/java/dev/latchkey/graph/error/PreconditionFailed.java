package dev.latchkey.graph.error;

import org.jspecify.annotations.Nullable;

/**
 * Somebody changed the item in the meantime (HTTP 412). Next: read it again and apply the change to
 * the new version.
 *
 * @see GraphException
 */
public final class PreconditionFailed extends GraphException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param error the details of the response
   * @param cause the exception that was caught, or null
   */
  public PreconditionFailed(String message, GraphError error, @Nullable Throwable cause) {
    super(message, error, cause);
  }
}
