package dev.latchkey.graph.error;

import org.jspecify.annotations.Nullable;

/**
 * Graph refused the access token and a fresh one too, without asking for claims (HTTP 401). Next:
 * check that the scopes are Graph's and that the base URL is that of the tenant's cloud.
 */
public final class TokenRejected extends GraphException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param error what Graph said
   * @param cause what was caught, if anything
   */
  public TokenRejected(String message, GraphError error, @Nullable Throwable cause) {
    super(message, error, cause);
  }
}
