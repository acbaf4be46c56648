package dev.latchkey.internal.oauth;

import com.google.gson.JsonObject;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.OAuthError;
import dev.latchkey.internal.json.Json;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The authorization server's reply to one request, well-formed or not.
 *
 * @param status the HTTP status
 * @param json the body, if it is a JSON object and the status is not a redirect
 * @param problem what was wrong with the body where {@code json} is null; never text from it
 * @param error the OAuth error in {@code json}, whatever the status
 * @param retryAfter how long the server asks to wait, 0 to 24 hours from the arrival of the reply
 * @param date the server's clock
 * @param sentNanos the monotonic clock before the request went out
 * @param sentWallMillis the wall clock before the request went out
 */
public record Reply(
    int status,
    @Nullable JsonObject json,
    @Nullable String problem,
    @Nullable OAuthError error,
    @Nullable Duration retryAfter,
    @Nullable Instant date,
    long sentNanos,
    long sentWallMillis) {

  /** Whether it is a readable success: 2xx, a JSON object, no error in it. */
  public boolean ok() {
    return status / 100 == 2 && json != null && error == null;
  }

  /** Whether there is no body at all. */
  public boolean isEmpty() {
    return Json.EMPTY.equals(problem);
  }

  /**
   * Returns the body of a reply that should be a success.
   *
   * @param what what the body should hold
   * @throws InvalidResponse if it is not a success
   */
  JsonObject requireSuccess(String what) {
    if (json == null || !ok()) {
      throw new InvalidResponse(
          "No " + what + ": the server answered " + describe(), error, null, null);
    }
    return json;
  }

  /** One line for an exception or a log, without any text from the body but the error code. */
  public String describe() {
    String unlessError = problem == null ? "JSON" : problem;
    return "HTTP " + status + ", " + (error == null ? unlessError : error.error());
  }

  /** Leaves out the body, which may hold tokens. */
  @Override
  public String toString() {
    return "Reply[" + describe() + ", retryAfter=" + retryAfter + ", date=" + date + "]";
  }
}
