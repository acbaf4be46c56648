package dev.latchkey.internal.error;

import org.jspecify.annotations.Nullable;

/**
 * The request that the server refused: one error means different things to different requests.
 *
 * @param request which request it was
 * @param accountId the account concerned; null if there is none
 */
public record Context(Request request, @Nullable String accountId) {

  /** The requests of a public client whose errors reach the caller. */
  public enum Request {
    /** RFC 8628 §3.1. */
    DEVICE_AUTHORIZATION("begin the sign-in"),
    /** RFC 8628 §3.4: a poll. */
    DEVICE_TOKEN("complete the sign-in"),
    /** RFC 6749 §4.1.1: what the browser brings back. */
    AUTHORIZATION("sign in with the browser"),
    /** RFC 9126 §2. */
    PUSHED_AUTHORIZATION("begin the sign-in with the browser"),
    /** RFC 6749 §4.1.3. */
    AUTHORIZATION_CODE("complete the sign-in"),
    /** RFC 6749 §6. */
    REFRESH("refresh the session"),
    /** RFC 8414 §3. */
    DISCOVERY("read the metadata of the server");

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
    return new Context(request, null);
  }
}
