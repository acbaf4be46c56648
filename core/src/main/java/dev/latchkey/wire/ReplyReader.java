package dev.latchkey.wire;

import com.google.gson.JsonObject;
import dev.latchkey.time.Time;
import java.net.http.HttpHeaders;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Reply} of whatever the server sent; nothing in it can make this throw. */
final class ReplyReader {

  private final Time time;
  private final long sentNanos;
  private final long sentWallMillis;

  /** Notes the time: to be created before the request goes out. */
  ReplyReader(Time time) {
    this.time = time;
    sentWallMillis = time.wallMillis();
    sentNanos = time.nanos();
  }

  Reply read(int status, HttpHeaders headers, byte[] body) {
    if (isRedirect(status)) {
      return reply(status, headers, null, "a redirect, which is not followed");
    }
    try {
      return reply(status, headers, Json.object(body), null);
    } catch (MalformedJson e) {
      return reply(status, headers, null, e.getMessage());
    }
  }

  Reply tooLong(int status, HttpHeaders headers) {
    return reply(status, headers, null, "body over 1 MiB");
  }

  private Reply reply(
      int status, HttpHeaders headers, @Nullable JsonObject json, @Nullable String problem) {
    Instant date = HttpDates.date(headers);
    return new Reply(
        status,
        json,
        problem,
        json == null ? null : OAuthErrors.read(status, json),
        HttpDates.retryAfter(headers, date, Instant.ofEpochMilli(time.wallMillis())),
        date,
        sentNanos,
        sentWallMillis);
  }

  private static boolean isRedirect(int status) {
    return status / 100 == 3;
  }
}
