package dev.latchkey.graph.http;

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
import dev.latchkey.wire.HttpDates;
import dev.latchkey.wire.Json;
import dev.latchkey.wire.Text;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes of every failed answer the exception whose type says what the caller does next. */
public final class Complaints {

  private enum Kind {
    NOT_FOUND,
    CONFLICT,
    PRECONDITION,
    RESYNC,
    QUOTA,
    THROTTLED
  }

  /** Codes that say more than the status with which they come. */
  private static final Map<String, Kind> CODES =
      Map.ofEntries(
          Map.entry("itemnotfound", Kind.NOT_FOUND),
          Map.entry("erroritemnotfound", Kind.NOT_FOUND),
          Map.entry("namealreadyexists", Kind.CONFLICT),
          Map.entry("resourcelocked", Kind.CONFLICT),
          Map.entry("resourcemodified", Kind.PRECONDITION),
          Map.entry("errorirresolvableconflict", Kind.PRECONDITION),
          Map.entry("resyncrequired", Kind.RESYNC),
          Map.entry("resyncchangesapplydifferences", Kind.RESYNC),
          Map.entry("resyncchangesuploaddifferences", Kind.RESYNC),
          Map.entry("quotalimitreached", Kind.QUOTA),
          Map.entry("insufficientstorage", Kind.QUOTA),
          Map.entry("errorquotaexceeded", Kind.QUOTA),
          Map.entry("activitylimitreached", Kind.THROTTLED));

  private static final int NESTING = 8;
  private static final int SENTENCE = 400;
  private static final Pattern QUERY = Pattern.compile("\\?[^\\s\"'<>]*=[^\\s\"'<>]*");

  private Complaints() {}

  /**
   * Reads what Graph said of a failure.
   *
   * @param json the body, if it was JSON
   * @param clientRequestId what was sent; used if Graph does not repeat it
   */
  public static GraphError error(
      int status,
      HttpHeaders headers,
      @Nullable JsonObject json,
      @Nullable String clientRequestId) {
    JsonObject error = child(json, "error");
    JsonObject inner = inner(error);
    Instant date = HttpDates.date(headers);
    String requestId = headers.firstValue("request-id").orElse(null);
    return new GraphError(
        status,
        line(code(error)),
        sentence(error == null ? null : Json.stringOrNull(error, "message")),
        line(requestId == null ? text(inner, "request-id") : requestId),
        clientRequestId == null ? line(text(inner, "client-request-id")) : clientRequestId,
        date == null && inner != null ? Members.instant(inner, "date") : date);
  }

  /**
   * The exception for an answer that is a failure, or a redirect that nobody wanted.
   *
   * @param token what was sent with the request, to tell which scopes it lacks
   */
  public static GraphException of(
      Call call,
      GraphError error,
      HttpHeaders headers,
      @Nullable Duration retryAfter,
      @Nullable AccessToken token) {
    String message = message(call, error);
    Kind kind = error.code() == null ? null : CODES.get(error.code().toLowerCase(Locale.ROOT));
    if (kind == null) {
      kind = kind(error.status());
    }
    if (kind == null) {
      return byStatus(call, message, error, retryAfter, token);
    }
    return switch (kind) {
      case NOT_FOUND -> new NotFound(message, error, null);
      case CONFLICT -> new Conflict(message, error, null);
      case PRECONDITION -> new PreconditionFailed(message, error, null);
      case QUOTA -> new QuotaExceeded(message, error, null);
      case THROTTLED -> new GraphThrottled(message, positive(retryAfter), error, null);
      case RESYNC ->
          new ResyncRequired(
              message,
              "resyncChangesUploadDifferences".equalsIgnoreCase(error.code())
                  ? ResyncRequired.Kind.UPLOAD_DIFFERENCES
                  : ResyncRequired.Kind.APPLY_DIFFERENCES,
              headers.firstValue("Location").orElse(null),
              error,
              null);
    };
  }

  private static @Nullable Kind kind(int status) {
    return switch (status) {
      case 404 -> Kind.NOT_FOUND;
      case 409, 423 -> Kind.CONFLICT;
      case 410 -> Kind.RESYNC;
      case 412 -> Kind.PRECONDITION;
      case 429, 509 -> Kind.THROTTLED;
      case 507 -> Kind.QUOTA;
      default -> null;
    };
  }

  private static GraphException byStatus(
      Call call,
      String message,
      GraphError error,
      @Nullable Duration retryAfter,
      @Nullable AccessToken token) {
    int status = error.status();
    if (status == 401) {
      return new TokenRejected(message, error, null);
    }
    if (status == 403) {
      List<String> missing = missing(call.scopes(), token);
      String hint = missing.isEmpty() ? "" : "; the token lacks " + String.join(", ", missing);
      return new Forbidden(message + hint, missing, error, null);
    }
    if (status >= 500) {
      return new GraphUnavailable(message, positive(retryAfter), error, null);
    }
    if (status >= 400) {
      return new RequestRefused(message, error, null);
    }
    return new MalformedAnswer(message, error, null);
  }

  /** The exception for a request that may have been carried out. */
  public static OutcomeUnknown unknown(Call call, GraphError error, @Nullable Throwable cause) {
    String message =
        error.status() == 0
            ? "No usable answer to the request to " + call.action() + came(error, cause)
            : message(call, error);
    return new OutcomeUnknown(
        message + "; it may have been carried out all the same", error, cause);
  }

  /** The exception for a request that was certainly not carried out, or is harmless. */
  public static GraphUnavailable unreachable(Call call, GraphError error, Throwable cause) {
    return new GraphUnavailable(
        "Could not " + call.action() + came(error, cause), null, error, cause);
  }

  private static String came(GraphError error, @Nullable Throwable cause) {
    String id = error.clientRequestId() == null ? "" : " (request " + error.clientRequestId() + ")";
    return cause == null ? id : ": " + cause.getMessage() + id;
  }

  private static String message(Call call, GraphError error) {
    StringBuilder message = new StringBuilder("Could not ").append(call.action());
    message.append(": Graph answered HTTP ").append(error.status());
    if (error.code() != null) {
      message.append(", ").append(error.code());
    }
    if (error.message() != null) {
      message.append(": ").append(error.message());
    }
    String id = error.requestId() == null ? error.clientRequestId() : error.requestId();
    return id == null
        ? message.toString()
        : message.append(" (request ").append(id).append(')').toString();
  }

  /** The least of the scopes of which one is enough, if the token has none of them. */
  private static List<String> missing(List<String> anyOf, @Nullable AccessToken token) {
    if (anyOf.isEmpty() || token == null) {
      return List.of();
    }
    for (String granted : token.scopes().granted()) {
      String name = granted.substring(granted.lastIndexOf('/') + 1);
      if (anyOf.stream().anyMatch(name::equalsIgnoreCase)) {
        return List.of();
      }
    }
    return List.of(anyOf.get(0));
  }

  /** The deepest code that is known here, else the deepest that says anything. */
  private static @Nullable String code(@Nullable JsonObject error) {
    List<String> codes = new ArrayList<>();
    JsonObject level = error;
    for (int depth = 0; level != null && depth < NESTING; depth++) {
      String code = Json.stringOrNull(level, "code");
      if (code != null && !code.isBlank()) {
        codes.add(0, code);
      }
      level = inner(level);
    }
    for (String code : codes) {
      if (CODES.containsKey(code.toLowerCase(Locale.ROOT))) {
        return code;
      }
    }
    return codes.isEmpty() ? null : codes.get(0);
  }

  private static @Nullable JsonObject inner(@Nullable JsonObject error) {
    JsonObject inner = child(error, "innerError");
    return inner == null ? child(error, "innererror") : inner;
  }

  private static @Nullable JsonObject child(@Nullable JsonObject object, String name) {
    return object != null && object.get(name) instanceof JsonObject child ? child : null;
  }

  private static @Nullable String text(@Nullable JsonObject object, String name) {
    return object == null ? null : Json.stringOrNull(object, name);
  }

  private static @Nullable String line(@Nullable String text) {
    return Text.cleanWithoutSecrets(text, 100);
  }

  private static @Nullable String sentence(@Nullable String text) {
    String line = Text.cleanWithoutSecrets(text, SENTENCE);
    return line == null || line.isEmpty() ? null : QUERY.matcher(line).replaceAll("?…");
  }

  private static @Nullable Duration positive(@Nullable Duration time) {
    return time == null || time.isZero() ? null : time;
  }
}
