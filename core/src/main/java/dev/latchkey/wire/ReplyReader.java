package dev.latchkey.wire;

import com.google.gson.JsonObject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;

/** Makes a {@link Reply} of whatever the server sent; nothing in it can make this throw. */
final class ReplyReader {

  private ReplyReader() {}

  static Reply read(
      HttpResponse<Optional<byte[]>> response,
      long sentNanos,
      long sentWallMillis,
      long wallMillis) {
    int status = response.statusCode();
    JsonObject json = null;
    String problem = null;
    try {
      json = body(status, response.body());
    } catch (MalformedJson e) {
      problem = e.getMessage();
    }
    Instant date = HttpDates.date(response.headers());
    return new Reply(
        status,
        json,
        problem,
        json == null ? null : OAuthErrors.read(status, json),
        HttpDates.retryAfter(response.headers(), date, Instant.ofEpochMilli(wallMillis)),
        date,
        sentNanos,
        sentWallMillis);
  }

  private static JsonObject body(int status, Optional<byte[]> body) {
    if (status / 100 == 3) {
      throw new MalformedJson("a redirect, which is not followed");
    }
    return Json.object(body.orElseThrow(() -> new MalformedJson("body over 1 MiB")));
  }
}
