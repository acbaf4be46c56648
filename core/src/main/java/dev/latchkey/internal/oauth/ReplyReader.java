package dev.latchkey.internal.oauth;

import com.google.gson.JsonObject;
import dev.latchkey.internal.http.HttpDates;
import dev.latchkey.internal.http.HttpReply;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.json.MalformedJson;
import dev.latchkey.internal.time.Time;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads any HTTP reply into a {@link Reply}; nothing in it makes this throw. */
final class ReplyReader {

  private final Time time;
  private final UnaryOperator<String> redact;
  private final long sentNanos;
  private final long sentWallMillis;

  /**
   * Notes the time: to be created before the request goes out.
   *
   * @param redact removes the secrets of the request from a text
   */
  ReplyReader(Time time, UnaryOperator<String> redact) {
    this.time = time;
    this.redact = redact;
    sentWallMillis = time.wallMillis();
    sentNanos = time.nanos();
  }

  Reply read(HttpReply http) {
    if (http.body() == null) {
      return reply(http, null, http.problem());
    }
    if (http.status() / 100 == 3) {
      return reply(http, null, "a redirect, which is not followed");
    }
    try {
      return reply(http, Json.object(http.body()), null);
    } catch (MalformedJson e) {
      return reply(http, null, e.getMessage());
    }
  }

  /** Reads the body; neither the headers nor an error in it. */
  Reply readBodyOnly(HttpReply http) {
    JsonObject json = http.body() == null ? null : Json.object(http.body());
    return new Reply(
        http.status(), json, http.problem(), null, null, null, sentNanos, sentWallMillis);
  }

  private Reply reply(HttpReply http, @Nullable JsonObject json, @Nullable String problem) {
    Instant date = HttpDates.date(http.headers());
    return new Reply(
        http.status(),
        json,
        problem,
        json == null ? null : OAuthErrors.read(http.status(), json, redact),
        HttpDates.retryAfter(http.headers(), date, Instant.ofEpochMilli(time.wallMillis())),
        date,
        sentNanos,
        sentWallMillis);
  }
}
