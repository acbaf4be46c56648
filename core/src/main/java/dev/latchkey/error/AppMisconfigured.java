package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The application's registration or request is wrong: the client id, the scopes or the kind of
 * tenant does not fit, or public client flows are not allowed. Thrown by everything that sends a
 * request. Next: the developer follows the remedy; a retry does not help.
 *
 * @see LatchkeyException
 */
public final class AppMisconfigured extends LatchkeyException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception. Applications do so only in their own tests.
   *
   * @param message what happened, without any secret
   * @param oauthError the server's error; null if it did not come from a server
   * @param remedy what would help, in one sentence; null if unknown
   * @param cause the cause, or null
   */
  public AppMisconfigured(
      String message,
      @Nullable OAuthError oauthError,
      @Nullable String remedy,
      @Nullable Throwable cause) {
    super(message, oauthError, remedy, cause);
  }
}
