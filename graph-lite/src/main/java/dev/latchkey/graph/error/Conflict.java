package dev.latchkey.graph.error;

import org.jspecify.annotations.Nullable;

/**
 * What is there stands in the way (HTTP 409, 423): a name that is taken, a file that somebody has
 * locked. Next: choose another name or conflict behaviour, or try when it is free.
 */
public final class Conflict extends GraphException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param error what Graph said
   * @param cause what was caught, if anything
   */
  public Conflict(String message, GraphError error, @Nullable Throwable cause) {
    super(message, error, cause);
  }
}
