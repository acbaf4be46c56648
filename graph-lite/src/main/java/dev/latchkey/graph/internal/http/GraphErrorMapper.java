package dev.latchkey.graph.internal.http;

import com.google.gson.JsonObject;
import dev.latchkey.AccessToken;
import dev.latchkey.graph.error.Conflict;
import dev.latchkey.graph.error.Forbidden;
import dev.latchkey.graph.error.GraphError;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.GraphThrottled;
import dev.latchkey.graph.error.GraphUnavailable;
import dev.latchkey.graph.error.MalformedAnswer;
import dev.latchkey.graph.error.NotFound;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.error.PreconditionFailed;
import dev.latchkey.graph.error.QuotaExceeded;
import dev.latchkey.graph.error.RequestRefused;
import dev.latchkey.graph.error.ResyncRequired;
import dev.latchkey.graph.error.TokenRejected;
import dev.latchkey.graph.internal.json.GraphJson;
import dev.latchkey.internal.http.HttpDates;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.json.JsonInstants;
import dev.latchkey.internal.text.Text;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Maps every error response to the exception that says what the caller does next. */
public final class GraphErrorMapper {

  /** Codes that say more than the status beside them, and the status that says the same. */
  private static final Map<String, Integer> STATUS_BY_CODE =
      Map.ofEntries(
          Map.entry("itemnotfound", 404),
          Map.entry("erroritemnotfound", 404),
          // Personal OneDrive says so with HTTP 400.
          Map.entry("uploadsessionnotfound", 404),
          Map.entry("namealreadyexists", 409),
          Map.entry("resourcelocked", 423),
          Map.entry("resourcemodified", 412),
          Map.entry("errorirresolvableconflict", 412),
          Map.entry("resyncrequired", 410),
          Map.entry("resyncchangesapplydifferences", 410),
          Map.entry("resyncchangesuploaddifferences", 410),
          Map.entry("quotalimitreached", 507),
          Map.entry("insufficientstorage", 507),
          Map.entry("errorquotaexceeded", 507),
          Map.entry("activitylimitreached", 429));

  private static final int MAX_NESTING = 8;
  private static final int MAX_MESSAGE_LENGTH = 400;
  private static final Pattern QUERY = Pattern.compile("\\?[^\\s\"'<>]*=[^\\s\"'<>]*");

  private GraphErrorMapper() {}

  /**
   * Reads an error response.
   *
   * @param json the body if it was JSON
   * @param clientRequestId the id that was sent; if null, the one in the body counts
   */
  public static GraphError error(
      int status,
      HttpHeaders headers,
      @Nullable JsonObject json,
      @Nullable String clientRequestId) {
    JsonObject error = json == null ? new JsonObject() : GraphJson.child(json, "error");
    JsonObject inner = inner(error);
    Instant date = HttpDates.date(headers);
    String requestId = headers.firstValue("request-id").orElse(null);
    return new GraphError(
        status,
        line(code(error)),
        sentence(Json.stringOrNull(error, "message")),
        line(requestId == null ? Json.stringOrNull(inner, "request-id") : requestId),
        clientRequestId == null
            ? line(Json.stringOrNull(inner, "client-request-id"))
            : clientRequestId,
        date == null ? JsonInstants.read(inner, "date") : date);
  }

  /**
   * The exception for an error response or an unexpected redirect.
   *
   * @param token the token that was sent, to tell which scopes it lacks
   */
  public static GraphException exception(
      GraphCall call,
      GraphError error,
      HttpHeaders headers,
      @Nullable Duration retryAfter,
      @Nullable AccessToken token) {
    String message = message(call, error);
    String code = error.code() == null ? "" : error.code().toLowerCase(Locale.ROOT);
    int status = STATUS_BY_CODE.getOrDefault(code, error.status());
    return switch (status) {
      case 401 -> new TokenRejected(message, error, null);
      case 403 -> forbidden(call, message, error, token);
      case 404 -> new NotFound(message, error, null);
      case 409, 423 -> new Conflict(message, error, null);
      case 410 ->
          new ResyncRequired(
              message,
              code.equals("resyncchangesuploaddifferences")
                  ? ResyncRequired.Kind.UPLOAD_DIFFERENCES
                  : ResyncRequired.Kind.APPLY_DIFFERENCES,
              headers.firstValue("Location").orElse(null),
              error,
              null);
      case 412 -> new PreconditionFailed(message, error, null);
      case 429, 509 -> new GraphThrottled(message, positive(retryAfter), error, null);
      case 507 -> new QuotaExceeded(message, error, null);
      default -> {
        if (status >= 500 || status == 408) {
          yield new GraphUnavailable(message, positive(retryAfter), error, null);
        }
        yield status >= 400
            ? new RequestRefused(message, error, null)
            : new MalformedAnswer(message, error, null);
      }
    };
  }

  private static Forbidden forbidden(
      GraphCall call, String message, GraphError error, @Nullable AccessToken token) {
    List<String> missing = missing(call.scopes(), token);
    String hint = missing.isEmpty() ? "" : "; the token lacks " + String.join(", ", missing);
    return new Forbidden(message + hint, missing, error, null);
  }

  /** The exception for a request that may have been carried out. */
  public static OutcomeUnknown outcomeUnknown(
      GraphCall call, GraphError error, @Nullable Throwable cause) {
    String message =
        error.status() == 0 && cause != null
            ? "No usable answer to the request to "
                + call.action()
                + ": "
                + cause.getMessage()
                + id(error)
            : message(call, error);
    return new OutcomeUnknown(
        message + "; it may have been carried out all the same", error, cause);
  }

  /** The exception for a request that was not carried out or is harmless to repeat. */
  public static GraphUnavailable unreachable(GraphCall call, GraphError error, Throwable cause) {
    return new GraphUnavailable(call.failed(cause.getMessage() + id(error)), null, error, cause);
  }

  private static String message(GraphCall call, GraphError error) {
    StringBuilder what = new StringBuilder("Graph answered HTTP ").append(error.status());
    if (error.code() != null) {
      what.append(", ").append(error.code());
    }
    if (error.message() != null) {
      what.append(": ").append(error.message());
    }
    return call.failed(what + id(error));
  }

  private static String id(GraphError error) {
    String id = error.requestId() == null ? error.clientRequestId() : error.requestId();
    return id == null ? "" : " (request " + id + ")";
  }

  /** The least of the sufficient scopes, if the token has none of them. */
  private static List<String> missing(List<String> anyOf, @Nullable AccessToken token) {
    if (anyOf.isEmpty() || token == null) {
      return List.of();
    }
    for (String granted : token.scopes().granted()) {
      String name = granted.substring(granted.lastIndexOf('/') + 1);
      for (String enough : anyOf) {
        if (enough.equalsIgnoreCase(name)) {
          return List.of();
        }
      }
    }
    return List.of(anyOf.get(0));
  }

  /** The deepest code that is known here, else the deepest that is not blank. */
  private static @Nullable String code(JsonObject error) {
    String best = null;
    JsonObject level = error;
    for (int depth = 0; depth < MAX_NESTING; depth++) {
      String code = Json.stringOrNull(level, "code");
      if (code != null && !code.isBlank() && (isKnown(code) || !isKnown(best))) {
        best = code;
      }
      level = inner(level);
    }
    return best;
  }

  private static boolean isKnown(@Nullable String code) {
    return code != null && STATUS_BY_CODE.containsKey(code.toLowerCase(Locale.ROOT));
  }

  private static JsonObject inner(JsonObject error) {
    JsonObject inner = GraphJson.object(error, "innerError");
    return inner == null ? GraphJson.child(error, "innererror") : inner;
  }

  private static @Nullable String line(@Nullable String text) {
    return Text.cleanWithoutSecrets(text, 100);
  }

  private static @Nullable String sentence(@Nullable String text) {
    String line = Text.cleanWithoutSecrets(text, MAX_MESSAGE_LENGTH);
    return line == null || line.isEmpty() ? null : QUERY.matcher(line).replaceAll("?…");
  }

  private static @Nullable Duration positive(@Nullable Duration time) {
    return time == null || time.isZero() ? null : time;
  }
}
