package dev.latchkey.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The server asks for fewer requests: HTTP 429, or an Entra number that means the same. Thrown by
 * everything that sends a request; a pending sign-in goes on polling instead. Next: wait for {@link
 * #retryAfter()}, then call again; after a failed refresh, earlier calls fail at once without a
 * request.
 *
 * @see LatchkeyException
 */
public final class Throttled extends LatchkeyException {

  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  /**
   * Creates the exception. Applications do so only in their own tests.
   *
   * @param retryAfter how long the server asked to wait; null if it did not say
   * @param message what happened, without any secret
   * @param oauthError the server's error; null if it sent none
   * @param remedy what would help, in one sentence; null if unknown
   * @param cause the cause, or null
   */
  public Throttled(
      @Nullable Duration retryAfter,
      String message,
      @Nullable OAuthError oauthError,
      @Nullable String remedy,
      @Nullable Throwable cause) {
    super(message, oauthError, remedy, cause);
    this.retryAfter = retryAfter;
  }

  /**
   * Returns how long to wait before the next call, counted from when this was thrown.
   *
   * @return zero or more. What the server asked for; after a failed refresh, what is left of the
   *     library's own pause. By chance that lasts up to a minute longer than the server asked for,
   *     and up to five minutes if it asked for nothing. Null if neither is known
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">RFC 9110 §10.2.3</a>
   */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
