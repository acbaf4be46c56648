package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * Nobody finished the sign-in before its code expired. Thrown by {@code SignIn.await} and by its
 * result. Next: begin another sign-in when the person is ready.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8628#section-3.5">RFC 8628 §3.5</a>
 * @see LatchkeyException
 */
public final class SignInExpired extends LatchkeyException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception. Applications do so only in their own tests.
   *
   * @param message what happened, without any secret
   * @param oauthError the server's error; null if it did not come from a server
   * @param remedy what would help, in one sentence; null if unknown
   * @param cause the cause, or null
   */
  public SignInExpired(
      String message,
      @Nullable OAuthError oauthError,
      @Nullable String remedy,
      @Nullable Throwable cause) {
    super(message, oauthError, remedy, cause);
  }
}
