package dev.latchkey.graph.error;

import org.jspecify.annotations.Nullable;

/**
 * The present state of the resource prevents the request (HTTP 409, 423): a name is taken, or
 * somebody has locked a file. Next: choose another name or conflict behavior, or try again when the
 * file is unlocked.
 *
 * @see GraphException
 */
public final class Conflict extends GraphException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param error the details of the response
   * @param cause the exception that was caught, or null
   */
  public Conflict(String message, GraphError error, @Nullable Throwable cause) {
    super(message, error, cause);
  }
}
