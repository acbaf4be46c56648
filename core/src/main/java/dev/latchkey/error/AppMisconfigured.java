package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The application's registration or its request is wrong: client id, scopes, tenant kind, public
 * client flows not allowed. Next: the developer mends it; trying again is of no use.
 */
public final class AppMisconfigured extends LatchkeyException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param oauthError what the server sent, if it came from one
   * @param remedy what would help, in one sentence
   * @param cause what was caught, if anything
   */
  public AppMisconfigured(
      String message,
      @Nullable OAuthError oauthError,
      @Nullable String remedy,
      @Nullable Throwable cause) {
    super(message, oauthError, remedy, cause);
  }
}
