package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The person refused: {@code access_denied}, or Entra's {@code authorization_declined}. Next:
 * nothing, until the person asks for it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8628#section-3.5">RFC 8628 §3.5</a>
 */
public final class SignInDeclined extends LatchkeyException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param oauthError what the server sent, if it came from one
   * @param remedy what would help, in one sentence
   * @param cause what was caught, if anything
   */
  public SignInDeclined(
      String message,
      @Nullable OAuthError oauthError,
      @Nullable String remedy,
      @Nullable Throwable cause) {
    super(message, oauthError, remedy, cause);
  }
}
