package dev.latchkey.graph.error;

import org.jspecify.annotations.Nullable;

/**
 * Somebody changed it meanwhile (HTTP 412). Next: read it again and apply the change to what is
 * there now.
 */
public final class PreconditionFailed extends GraphException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param error what Graph said
   * @param cause what was caught, if anything
   */
  public PreconditionFailed(String message, GraphError error, @Nullable Throwable cause) {
    super(message, error, cause);
  }
}
