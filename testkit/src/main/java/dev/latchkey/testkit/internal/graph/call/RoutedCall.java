package dev.latchkey.testkit.internal.graph.call;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.http.JsonText;
import dev.latchkey.testkit.internal.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** A request with its {@link GraphRoute} and its caller. */
public final class RoutedCall {

  private final Request request;
  private final Matcher match;
  private final Caller caller;
  private final GraphSettings settings;

  RoutedCall(Request request, Matcher match, Caller caller, GraphSettings settings) {
    this.request = request;
    this.match = match;
    this.caller = caller;
    this.settings = settings;
  }

  public Request request() {
    return request;
  }

  public Caller caller() {
    return caller;
  }

  public GraphUser person() {
    return caller.person();
  }

  public GraphSettings settings() {
    return settings;
  }

  /** The path below {@code /v1.0}. */
  public String path() {
    return request.captured();
  }

  /** What a named group of the route matched, or null. */
  public @Nullable String part(String group) {
    return match.group(group);
  }

  /** What a named group of the route matched, for a group that always matches. */
  public String id(String group) {
    String part = match.group(group);
    if (part == null) {
      throw new IllegalStateException("The route lacks " + group);
    }
    return part;
  }

  public @Nullable String header(String name) {
    return request.header(name);
  }

  public @Nullable String query(String name) {
    return request.query(name);
  }

  /** Whether {@code Prefer} has this preference. */
  public boolean prefers(String preference) {
    String prefer = header("Prefer");
    return prefer != null && prefer.replace(" ", "").contains(preference);
  }

  public void require(Permission permission, Supplier<GraphFailure> otherwise) {
    if (!caller.may(permission)) {
      throw otherwise.get();
    }
  }

  public JsonObject json() {
    String text = new String(request.body(), StandardCharsets.UTF_8);
    if (text.isEmpty()) {
      throw GraphFailure.badRequest("Empty Payload. JSON content expected.");
    }
    try {
      return JsonText.object(text);
    } catch (IllegalArgumentException malformed) {
      throw GraphFailure.badRequest(
          "Unable to read JSON request payload. Please ensure Content-Type header is set and"
              + " payload is of valid JSON format.");
    }
  }

  /** The body, or an empty object if there is none. */
  public JsonObject jsonOrEmpty() {
    return request.body().length == 0 ? new JsonObject() : json();
  }

  /** A URL of Graph itself. */
  public String url(String pathAndQuery) {
    return request.baseUrl() + "/v1.0" + pathAndQuery;
  }

  /** The URL of another page, on a foreign host if a test set one. */
  public String link(String pathAndQuery) {
    String elsewhere = settings.linkOrigin;
    return (elsewhere == null ? request.baseUrl() : elsewhere) + "/v1.0" + pathAndQuery;
  }

  /** A {@code Location} on Graph itself. */
  public String location(String pathAndQuery) {
    return settings.relativeLocations ? "/v1.0" + pathAndQuery : url(pathAndQuery);
  }
}
