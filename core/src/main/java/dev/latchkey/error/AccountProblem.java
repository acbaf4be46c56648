package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The account itself stands in the way: disabled, locked, password expired, not in this tenant.
 * Next: the person mends the account or picks another.
 */
public final class AccountProblem extends LatchkeyException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param oauthError what the server sent, if it came from one
   * @param remedy what would help, in one sentence
   * @param cause what was caught, if anything
   */
  public AccountProblem(
      String message,
      @Nullable OAuthError oauthError,
      @Nullable String remedy,
      @Nullable Throwable cause) {
    super(message, oauthError, remedy, cause);
  }
}
