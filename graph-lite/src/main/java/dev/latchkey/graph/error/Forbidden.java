package dev.latchkey.graph.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account or the app may not do this (HTTP 403). Next: if scopes are missing, sign in with
 * them, and use a token source that requests them; otherwise somebody has to grant the user access.
 *
 * <pre>{@code
 * client.beginSignIn(
 *     SignInOptions.NONE.withAccountId(account.id()).withScopes(forbidden.missingScopes()));
 * }</pre>
 *
 * <p>Or only change the token source, to {@code client.tokens(account, scopes)} with these scopes
 * among them: its {@code get()} brings the token if the person has granted them before, and
 * otherwise throws the {@code SignInRequired} whose sign-in asks for them.
 */
public final class Forbidden extends GraphException {

  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // List.copyOf makes one that is serializable
  private final List<String> missingScopes;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param missingScopes the scopes that seem to be missing
   * @param error the details of the response
   * @param cause the exception that was caught, or null
   */
  public Forbidden(
      String message, List<String> missingScopes, GraphError error, @Nullable Throwable cause) {
    super(message, error, cause);
    this.missingScopes = List.copyOf(missingScopes);
  }

  /**
   * The scopes that the call needs at least and that the token was not granted: what to ask for in
   * a new sign-in.
   *
   * @return the scopes; empty if the token has them, or for raw calls, whose needs are not known
   */
  public List<String> missingScopes() {
    return missingScopes;
  }
}
