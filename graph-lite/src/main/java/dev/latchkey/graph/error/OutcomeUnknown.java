package dev.latchkey.graph.error;

import org.jspecify.annotations.Nullable;

/**
 * It is not known whether the request was carried out: it may have reached Graph, and no usable
 * answer came back (the connection broke, nothing came in time, HTTP 500, 502, 504 or another 5xx
 * that does not say that nothing was done, a success with a body that makes no sense). It was sent
 * once and not repeated, since repeating could do it twice. Next: look, then decide.
 */
public final class OutcomeUnknown extends GraphException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param error what Graph said
   * @param cause what was caught, if anything
   */
  public OutcomeUnknown(String message, GraphError error, @Nullable Throwable cause) {
    super(message, error, cause);
  }
}
