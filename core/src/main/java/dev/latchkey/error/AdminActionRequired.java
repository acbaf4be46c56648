package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * Only an administrator of the tenant can help: a Conditional Access policy stands in the way,
 * users cannot give the consent themselves, the app is disabled or not assigned, or the tenant or
 * the identity provider that it is federated with is misconfigured. Thrown by a sign-in and by
 * {@code TokenSource.get}. Next: show the remedy and the correlation id; a retry does not help.
 */
public final class AdminActionRequired extends LatchkeyException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception. Applications do so only in their own tests.
   *
   * @param message what happened, without any secret
   * @param oauthError the server's error; null if it did not come from a server
   * @param remedy what would help, in one sentence; null if unknown
   * @param cause the cause; null if there is none
   */
  public AdminActionRequired(
      String message,
      @Nullable OAuthError oauthError,
      @Nullable String remedy,
      @Nullable Throwable cause) {
    super(message, oauthError, remedy, cause);
  }
}
