package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The server answered something that the protocol does not allow: not JSON, a member missing or of
 * the wrong type, an issuer that is not the one asked, too large a body. Next: report it; a captive
 * portal or a proxy is a common cause.
 */
public final class InvalidResponse extends LatchkeyException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param oauthError what the server sent, if it came from one
   * @param remedy what would help, in one sentence
   * @param cause what was caught, if anything
   */
  public InvalidResponse(
      String message,
      @Nullable OAuthError oauthError,
      @Nullable String remedy,
      @Nullable Throwable cause) {
    super(message, oauthError, remedy, cause);
  }
}
