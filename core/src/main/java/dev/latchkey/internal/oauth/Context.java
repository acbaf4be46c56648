package dev.latchkey.internal.oauth;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What was being done when the server refused: the same error means different things to different
 * requests.
 *
 * @param request which request it was
 * @param accountId the account concerned, if one is
 * @param retryAfter how long the server asks to wait, if it said so
 */
public record Context(Request request, @Nullable String accountId, @Nullable Duration retryAfter) {

  /** The requests that a public client sends. */
  public enum Request {
    /** RFC 8628 §3.1. */
    DEVICE_AUTHORIZATION("begin the sign-in"),
    /** RFC 8628 §3.4: a poll. */
    DEVICE_TOKEN("complete the sign-in"),
    /** RFC 6749 §6. */
    REFRESH("refresh the session"),
    /** RFC 7009 §2.1. */
    REVOCATION("revoke the token"),
    /** RFC 8414 §3. */
    DISCOVERY("describe itself");

    private final String action;

    Request(String action) {
      this.action = action;
    }

    String action() {
      return action;
    }
  }

  /** A request that concerns no account yet. */
  public static Context of(Request request) {
    return new Context(request, null, null);
  }

  Context orRetryAfter(@Nullable Duration other) {
    return retryAfter == null ? new Context(request, accountId, other) : this;
  }
}
