package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The person declined the sign-in: {@code access_denied}, or Entra's {@code
 * authorization_declined}. Thrown by {@code SignIn.await} and by its result. Next: nothing, until
 * the person asks to sign in.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8628#section-3.5">RFC 8628 §3.5</a>
 * @see LatchkeyException
 */
public final class SignInDeclined extends LatchkeyException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception. Applications do so only in their own tests.
   *
   * @param message what happened, without any secret
   * @param oauthError the server's error; null if it did not come from a server
   * @param remedy what would help, in one sentence; null if unknown
   * @param cause the cause, or null
   */
  public SignInDeclined(
      String message,
      @Nullable OAuthError oauthError,
      @Nullable String remedy,
      @Nullable Throwable cause) {
    super(message, oauthError, remedy, cause);
  }
}
