package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The server sent a response that the protocol does not allow: it is not JSON, a member is missing
 * or has the wrong type, the issuer is not the expected one, a refresh is answered for another
 * account, or the body is too large. Thrown by everything that sends a request. Next: report it; a
 * common cause is a captive portal or a proxy that answers in the server's place.
 *
 * @see LatchkeyException
 */
public final class InvalidResponse extends LatchkeyException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception. Applications do so only in their own tests.
   *
   * @param message what happened, without any secret
   * @param oauthError the server's error; null if it did not come from a server
   * @param remedy what would help, in one sentence; null if unknown
   * @param cause the cause, or null
   */
  public InvalidResponse(
      String message,
      @Nullable OAuthError oauthError,
      @Nullable String remedy,
      @Nullable Throwable cause) {
    super(message, oauthError, remedy, cause);
  }
}
