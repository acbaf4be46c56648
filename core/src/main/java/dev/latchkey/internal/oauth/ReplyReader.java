package dev.latchkey.internal.oauth;

import com.google.gson.JsonObject;
import dev.latchkey.internal.http.HttpDates;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.json.MalformedJson;
import dev.latchkey.internal.time.Time;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Reply} of whatever the server sent; nothing in it can make this throw. */
final class ReplyReader {

  private static final String WITHHELD = "WWW-Authenticate header missing for response code 401";

  private final Time time;
  private final UnaryOperator<String> redact;
  private final long sentNanos;
  private final long sentWallMillis;

  /**
   * Notes the time: to be created before the request goes out.
   *
   * @param redact takes the secrets of the request out of a text
   */
  ReplyReader(Time time, UnaryOperator<String> redact) {
    this.time = time;
    this.redact = redact;
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

  /**
   * A 401 that the client made a failure of. With an {@code Authenticator}, be it for a proxy only,
   * the JDK (17 to 25) throws away a 401 that has no {@code WWW-Authenticate}, which RFC 6749 §5.2
   * does not ask for where the client sent no {@code Authorization}.
   *
   * @return the reply without its body; null if it is another failure
   */
  @Nullable Reply withheld(Throwable failure) {
    String message = failure.getMessage();
    return failure instanceof IOException && message != null && message.startsWith(WITHHELD)
        ? reply(401, HttpHeaders.of(Map.of(), (n, v) -> true), null, "a body that the JDK withheld")
        : null;
  }

  private Reply reply(
      int status, HttpHeaders headers, @Nullable JsonObject json, @Nullable String problem) {
    Instant date = HttpDates.date(headers);
    return new Reply(
        status,
        json,
        problem,
        json == null ? null : OAuthErrors.read(status, json, redact),
        HttpDates.retryAfter(headers, date, Instant.ofEpochMilli(time.wallMillis())),
        date,
        sentNanos,
        sentWallMillis);
  }

  private static boolean isRedirect(int status) {
    return status / 100 == 3;
  }
}
