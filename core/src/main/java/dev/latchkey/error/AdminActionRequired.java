package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * Only an administrator of the tenant can help: a Conditional Access policy, consent that users may
 * not give, an app that is disabled or not assigned. Next: show the remedy and the correlation id;
 * trying again is of no use.
 */
public final class AdminActionRequired extends LatchkeyException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param oauthError what the server sent, if it came from one
   * @param remedy what would help, in one sentence
   * @param cause what was caught, if anything
   */
  public AdminActionRequired(
      String message,
      @Nullable OAuthError oauthError,
      @Nullable String remedy,
      @Nullable Throwable cause) {
    super(message, oauthError, remedy, cause);
  }
}
