package dev.latchkey.internal.oauth;

import com.google.gson.JsonObject;
import dev.latchkey.error.OAuthError;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came back for one request, whatever it was worth.
 *
 * @param status the HTTP status
 * @param json the body, if it is a JSON object and the status no redirect
 * @param problem what was wrong with the body where {@code json} is null, never text out of it
 * @param error the OAuth error in {@code json}, with whatever status it came
 * @param retryAfter how long the server asks to wait, 0 to 24 hours, from the arrival of the reply
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

  /** Whether it is a success that can be read: 2xx, a JSON object, no error in it. */
  public boolean ok() {
    return status / 100 == 2 && json != null && error == null;
  }

  /** One line about it for an exception or a log, without any text out of the body. */
  public String describe() {
    if (error != null) {
      return "HTTP " + status + ", " + error.error();
    }
    return "HTTP " + status + ", " + (problem == null ? "JSON" : problem);
  }

  /** Leaves out the body, which may hold tokens. */
  @Override
  public String toString() {
    return "Reply[" + describe() + ", retryAfter=" + retryAfter + ", date=" + date + "]";
  }
}
