package dev.latchkey.graph.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request as an endpoint describes it. Immutable; each method that takes an argument returns a
 * changed copy.
 *
 * @param action what the request does, to follow "Could not" in a message
 * @param method the HTTP method
 * @param uri the target; only the Graph host receives a token
 * @param headers those beyond the headers of every request
 * @param content the body; null for none
 * @param repeatable whether sending it twice has the same effect as sending it once
 * @param redirects whether a redirect is a response rather than a failure
 * @param presigned whether the URI is itself the credential: it is kept secret but for its host,
 *     and no token accompanies it
 * @param scopes the scopes of which any one suffices, the least first; empty if not known
 */
public record GraphCall(
    String action,
    String method,
    URI uri,
    Map<String, String> headers,
    @Nullable Content content,
    boolean repeatable,
    boolean redirects,
    boolean presigned,
    List<String> scopes) {

  /**
   * A body.
   *
   * @param mediaType the {@code Content-Type}
   * @param length the exact number of bytes
   * @param source opens the bytes, anew for each attempt; whoever opens them closes them
   */
  public record Content(String mediaType, long length, Supplier<InputStream> source) {

    /** Whether it is the content of a file, which may take any time. */
    boolean isFile() {
      return !mediaType.equals(JSON);
    }
  }

  private static final String JSON = "application/json";

  /** A call that reads. */
  public static GraphCall get(String action, URI uri) {
    return of(action, "GET", uri, true);
  }

  /** A call that deletes; a second one finds nothing. */
  public static GraphCall delete(String action, URI uri) {
    return of(action, "DELETE", uri, true);
  }

  /** A call that is not repeated once it may have been carried out. */
  public static GraphCall post(String action, URI uri) {
    return of(action, "POST", uri, false);
  }

  /** A call that is not repeated once it may have been carried out. */
  public static GraphCall patch(String action, URI uri) {
    return of(action, "PATCH", uri, false);
  }

  /** A call that puts content in its place; repeatable only where the caller says so. */
  public static GraphCall put(String action, URI uri) {
    return of(action, "PUT", uri, false);
  }

  private static GraphCall of(String action, String method, URI uri, boolean repeatable) {
    return new GraphCall(action, method, uri, Map.of(), null, repeatable, false, false, List.of());
  }

  /** Adds a header, replacing one of the same name; adds none if the value is null. */
  public GraphCall header(String name, @Nullable String value) {
    if (value == null) {
      return this;
    }
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new GraphCall(
        action, method, uri, Map.copyOf(more), content, repeatable, redirects, presigned, scopes);
  }

  /** Sets a JSON body. */
  public GraphCall json(JsonObject json) {
    byte[] bytes = json.toString().getBytes(UTF_8);
    return content(new Content(JSON, bytes.length, () -> new ByteArrayInputStream(bytes)));
  }

  /** Sets the body. */
  public GraphCall content(Content body) {
    return new GraphCall(
        action, method, uri, headers, body, repeatable, redirects, presigned, scopes);
  }

  /** Says whether sending it twice is harmless. */
  public GraphCall repeatable(boolean harmless) {
    return new GraphCall(
        action, method, uri, headers, content, harmless, redirects, presigned, scopes);
  }

  /** Makes a redirect a response. */
  public GraphCall acceptingRedirects() {
    return new GraphCall(
        action, method, uri, headers, content, repeatable, true, presigned, scopes);
  }

  /** Says that the URI is itself the credential. */
  public GraphCall withoutToken() {
    return new GraphCall(
        action, method, uri, headers, content, repeatable, redirects, true, scopes);
  }

  /** Sets the scopes of which any one suffices, the least first. */
  public GraphCall scopes(String... anyOf) {
    return new GraphCall(
        action, method, uri, headers, content, repeatable, redirects, presigned, List.of(anyOf));
  }

  /** Sends the same request elsewhere. */
  public GraphCall to(URI other) {
    return new GraphCall(
        action, method, other, headers, content, repeatable, redirects, presigned, scopes);
  }

  /** The message of a failure: "Could not read a message: …". */
  public String failed(String why) {
    return failed(action, why);
  }

  /** The same for an operation of several requests. */
  public static String failed(String action, String why) {
    return "Could not " + action + ": " + why;
  }

  /** Leaves out headers, body and query, and all but the host of a presigned URI. */
  @Override
  public String toString() {
    String target = presigned ? uri.getScheme() + "://" + uri.getRawAuthority() : uri.getRawPath();
    return method + " " + target;
  }
}
