package dev.latchkey.testkit.graph;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** A request that has found its {@link Route}, and whoever makes it. */
final class Call {

  private static final Gson GSON = new Gson();

  private final GraphRequest request;
  private final Matcher path;
  private final Caller caller;
  private final GraphSettings settings;

  Call(GraphRequest request, Matcher path, Caller caller, GraphSettings settings) {
    this.request = request;
    this.path = path;
    this.caller = caller;
    this.settings = settings;
  }

  GraphRequest request() {
    return request;
  }

  Caller caller() {
    return caller;
  }

  Person person() {
    return caller.person();
  }

  GraphSettings settings() {
    return settings;
  }

  /** What a named group of the route matched, or null. */
  @Nullable String part(String group) {
    return path.group(group);
  }

  /** What a named group of the route matched, of a route that has no match without. */
  String id(String group) {
    String part = path.group(group);
    if (part == null) {
      throw new IllegalStateException("The route lacks " + group);
    }
    return part;
  }

  @Nullable String header(String name) {
    return request.header(name);
  }

  @Nullable String query(String name) {
    return request.query().get(name);
  }

  /** Whether {@code Prefer} has this preference. */
  boolean prefers(String preference) {
    String prefer = header("Prefer");
    return prefer != null && prefer.replace(" ", "").contains(preference);
  }

  void require(Permission permission, Supplier<GraphFailure> otherwise) {
    if (!caller.may(permission)) {
      throw otherwise.get();
    }
  }

  JsonObject json() {
    try {
      JsonObject body =
          GSON.fromJson(
              new String(request.body().bytes(), StandardCharsets.UTF_8), JsonObject.class);
      if (body == null) {
        throw GraphFailure.badRequest("Empty Payload. JSON content expected.");
      }
      return body;
    } catch (JsonParseException malformed) {
      throw GraphFailure.badRequest(
          "Unable to read JSON request payload. Please ensure Content-Type header is set and"
              + " payload is of valid JSON format.");
    }
  }

  /** The body, or an empty object if there is none. */
  JsonObject jsonOrEmpty() {
    return request.body().size() == 0 ? new JsonObject() : json();
  }

  /** A URL of Graph itself. */
  String url(String pathAndQuery) {
    return request.origin() + "/v1.0" + pathAndQuery;
  }

  /** A URL of a page to come; on another host, if a test wants to see what the client does. */
  String link(String pathAndQuery) {
    String elsewhere = settings.linkOrigin;
    return (elsewhere == null ? request.origin() : elsewhere) + "/v1.0" + pathAndQuery;
  }

  /** A {@code Location} on Graph itself. */
  String location(String pathAndQuery) {
    return settings.relativeLocations ? "/v1.0" + pathAndQuery : url(pathAndQuery);
  }
}
