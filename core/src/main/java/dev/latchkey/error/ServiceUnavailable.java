package dev.latchkey.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The server could not be reached or is out of order: no connection, a timeout, 5xx, {@code
 * temporarily_unavailable}. Next: call again later; nothing of the session is lost. If the server
 * said how long to wait, calls before that fail at once without a request.
 */
public final class ServiceUnavailable extends LatchkeyException {

  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param retryAfter how long the server asked to wait, if it said so
   * @param message what happened, without any secret
   * @param oauthError what the server sent, if it was an OAuth error
   * @param remedy what would help, in one sentence
   * @param cause what was caught, if anything
   */
  public ServiceUnavailable(
      @Nullable Duration retryAfter,
      String message,
      @Nullable OAuthError oauthError,
      @Nullable String remedy,
      @Nullable Throwable cause) {
    super(message, oauthError, remedy, cause);
    this.retryAfter = retryAfter;
  }

  /**
   * How long to wait before the next call, counted from when this was thrown.
   *
   * @return the time, not negative; null if the server said nothing
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">RFC 9110 §10.2.3</a>
   */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
