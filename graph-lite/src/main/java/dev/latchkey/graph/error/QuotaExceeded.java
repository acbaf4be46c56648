package dev.latchkey.graph.error;

import org.jspecify.annotations.Nullable;

/**
 * There is no room left (HTTP 507, or a code that means the same). Next: ask the person to make
 * room.
 */
public final class QuotaExceeded extends GraphException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param error what Graph said
   * @param cause what was caught, if anything
   */
  public QuotaExceeded(String message, GraphError error, @Nullable Throwable cause) {
    super(message, error, cause);
  }
}
