package dev.latchkey.graph.error;

import org.jspecify.annotations.Nullable;

/**
 * It is unknown whether the request was carried out: it may have reached Graph, and no usable
 * response came (a broken connection, a timeout, HTTP 500, 502, 504 or another 5xx that does not
 * rule it out, a success with an unreadable body). It was not repeated, since that could carry it
 * out twice. Next: look at the present state, then decide.
 *
 * @see GraphException
 */
public final class OutcomeUnknown extends GraphException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param error the details of the response
   * @param cause the exception that was caught, or null
   */
  public OutcomeUnknown(String message, GraphError error, @Nullable Throwable cause) {
    super(message, error, cause);
  }
}
