package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * Nobody finished the sign-in before its code ran out. Next: begin another when the person is
 * ready.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8628#section-3.5">RFC 8628 §3.5</a>
 */
public final class SignInExpired extends LatchkeyException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param oauthError what the server sent, if it came from one
   * @param remedy what would help, in one sentence
   * @param cause what was caught, if anything
   */
  public SignInExpired(
      String message,
      @Nullable OAuthError oauthError,
      @Nullable String remedy,
      @Nullable Throwable cause) {
    super(message, oauthError, remedy, cause);
  }
}
