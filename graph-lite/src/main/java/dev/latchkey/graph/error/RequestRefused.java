package dev.latchkey.graph.error;

import org.jspecify.annotations.Nullable;

/**
 * Graph refused the request for what it says (HTTP 400 and the other 4xx). Next: mend the call; the
 * same request will be refused again.
 */
public final class RequestRefused extends GraphException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param error what Graph said
   * @param cause what was caught, if anything
   */
  public RequestRefused(String message, GraphError error, @Nullable Throwable cause) {
    super(message, error, cause);
  }
}
