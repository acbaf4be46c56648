package dev.latchkey.graph.error;

import org.jspecify.annotations.Nullable;

/**
 * Graph refused the access token and then a new one, without a claims challenge (HTTP 401). Next:
 * check that the scopes are Graph's and that the base URL belongs to the tenant's cloud.
 *
 * @see GraphException
 */
public final class TokenRejected extends GraphException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param error the details of the response
   * @param cause the exception that was caught, or null
   */
  public TokenRejected(String message, GraphError error, @Nullable Throwable cause) {
    super(message, error, cause);
  }
}
