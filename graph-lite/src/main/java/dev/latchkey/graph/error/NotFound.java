package dev.latchkey.graph.error;

import org.jspecify.annotations.Nullable;

/**
 * There is no such thing, or this account may not know of it (HTTP 404). Next: list again, or
 * create it.
 */
public final class NotFound extends GraphException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param error what Graph said
   * @param cause what was caught, if anything
   */
  public NotFound(String message, GraphError error, @Nullable Throwable cause) {
    super(message, error, cause);
  }
}
