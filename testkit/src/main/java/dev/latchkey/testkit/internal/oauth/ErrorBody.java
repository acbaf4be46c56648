package dev.latchkey.testkit.internal.oauth;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.latchkey.testkit.OAuthFailure;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import dev.latchkey.testkit.internal.http.Request;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes an {@link OAuthFailure} as Entra ID does. */
public final class ErrorBody {

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  private ErrorBody() {}

  public static HttpAnswer of(OAuthFailure failure, Request request, Instant now) {
    var body = new JsonObject();
    body.addProperty("error", failure.error());
    if (!failure.aadsts().isEmpty()) {
      entra(failure, request, now, body);
    } else if (failure.description() != null) {
      body.addProperty("error_description", failure.description());
    }
    addIfPresent(body, "suberror", failure.suberror());
    addIfPresent(body, "claims", failure.claims());
    return HttpAnswer.json(failure.status(), body)
        .with("Cache-Control", "no-store, no-cache")
        .with("Pragma", "no-cache")
        .withError(failure.error());
  }

  private static void entra(OAuthFailure failure, Request request, Instant now, JsonObject body) {
    String timestamp = TIMESTAMP.format(now);
    String traceId = UUID.randomUUID().toString();
    String correlationId = correlationId(request);
    body.addProperty(
        "error_description",
        "%s\r\nTrace ID: %s\r\nCorrelation ID: %s\r\nTimestamp: %s"
            .formatted(text(failure), traceId, correlationId, timestamp));
    var codes = new JsonArray();
    failure.aadsts().forEach(codes::add);
    body.add("error_codes", codes);
    body.addProperty("timestamp", timestamp);
    body.addProperty("trace_id", traceId);
    body.addProperty("correlation_id", correlationId);
    body.addProperty(
        "error_uri", "https://login.microsoftonline.com/error?code=" + failure.aadsts().get(0));
  }

  private static String text(OAuthFailure failure) {
    var description = failure.description();
    if (description != null) {
      return "AADSTS%d: %s".formatted(failure.aadsts().get(0), description);
    }
    return failure.aadsts().stream()
        .map(number -> "AADSTS%d: %s".formatted(number, AadstsTexts.of(number)))
        .collect(Collectors.joining(" "));
  }

  /**
   * The client's own id, if it sent one. Entra ID echoes it, so that support can find a request.
   */
  private static String correlationId(Request request) {
    var sent = request.header("client-request-id");
    boolean isId = sent != null && sent.matches("[0-9A-Fa-f-]{36}");
    return isId && sent != null ? sent : UUID.randomUUID().toString();
  }

  private static void addIfPresent(JsonObject body, String name, @Nullable String value) {
    if (value != null) {
      body.addProperty(name, value);
    }
  }
}
