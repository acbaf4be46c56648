package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The application cancelled the sign-in, or interrupted the thread that awaited it. Nothing is
 * stored, and no request follows. Thrown by {@code SignIn.await} and by its result. Next: nothing.
 *
 * @see LatchkeyException
 */
public final class SignInCancelled extends LatchkeyException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception. Applications do so only in their own tests.
   *
   * @param message what happened, without any secret
   * @param oauthError the server's error; null if it did not come from a server
   * @param remedy what would help, in one sentence; null if unknown
   * @param cause the cause, or null
   */
  public SignInCancelled(
      String message,
      @Nullable OAuthError oauthError,
      @Nullable String remedy,
      @Nullable Throwable cause) {
    super(message, oauthError, remedy, cause);
  }
}
