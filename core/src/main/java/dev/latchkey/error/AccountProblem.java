package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The account cannot be used: it is disabled, locked or not in this tenant, or its password has
 * expired. Thrown by a sign-in and by {@code TokenSource.get}. Next: show the remedy; the person
 * corrects the account or chooses another.
 *
 * @see LatchkeyException
 */
public final class AccountProblem extends LatchkeyException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception. Applications do so only in their own tests.
   *
   * @param message what happened, without any secret
   * @param oauthError the server's error; null if it did not come from a server
   * @param remedy what would help, in one sentence; null if unknown
   * @param cause the cause, or null
   */
  public AccountProblem(
      String message,
      @Nullable OAuthError oauthError,
      @Nullable String remedy,
      @Nullable Throwable cause) {
    super(message, oauthError, remedy, cause);
  }
}
