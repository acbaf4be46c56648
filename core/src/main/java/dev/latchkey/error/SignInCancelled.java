package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The application cancelled the sign-in; nothing was stored and no request follows. Next: nothing.
 */
public final class SignInCancelled extends LatchkeyException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param oauthError what the server sent, if it came from one
   * @param remedy what would help, in one sentence
   * @param cause what was caught, if anything
   */
  public SignInCancelled(
      String message,
      @Nullable OAuthError oauthError,
      @Nullable String remedy,
      @Nullable Throwable cause) {
    super(message, oauthError, remedy, cause);
  }
}
