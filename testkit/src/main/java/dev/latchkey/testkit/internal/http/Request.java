package dev.latchkey.testkit.internal.http;

import com.sun.net.httpserver.Headers;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An HTTP request. Its body is in memory, unless it may be too large for that. */
public final class Request {

  private final String method;
  private final URI uri;
  private final Headers headers;
  private final byte[] body;
  private final @Nullable InputStream stream;
  private final String baseUrl;
  private final String captured;

  public Request(
      String method, URI uri, Headers headers, byte[] body, String baseUrl, String captured) {
    this(method, uri, headers, body, null, baseUrl, captured);
  }

  private Request(
      String method,
      URI uri,
      Headers headers,
      byte[] body,
      @Nullable InputStream stream,
      String baseUrl,
      String captured) {
    this.method = method;
    this.uri = uri;
    this.headers = headers;
    this.body = body;
    this.stream = stream;
    this.baseUrl = baseUrl;
    this.captured = captured;
  }

  /** A request whose handler reads the body itself. */
  public static Request streaming(
      String method, URI uri, Headers headers, InputStream stream, String baseUrl) {
    return new Request(method, uri, headers, new byte[0], stream, baseUrl, "");
  }

  public String method() {
    return method;
  }

  /** The body; empty for a request whose body is a {@link #stream()}. */
  public byte[] body() {
    return body;
  }

  public InputStream stream() {
    return stream == null ? new ByteArrayInputStream(body) : stream;
  }

  /** The server's own URL as the client spelled it: {@code 127.0.0.1} or {@code localhost}. */
  public String baseUrl() {
    return baseUrl;
  }

  /** The part of the path that the route captured: the tenant, or the path below Graph. */
  public String captured() {
    return captured;
  }

  public String path() {
    return uri.getPath();
  }

  public @Nullable String header(String name) {
    return headers.getFirst(name);
  }

  /** The first value of each header; the names are in lower case. */
  public Map<String, String> headers() {
    var first = new TreeMap<String, String>();
    headers.forEach((name, values) -> first.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    return first;
  }

  public int port() {
    return URI.create(baseUrl).getPort();
  }

  public @Nullable String query(String name) {
    return query().get(name);
  }

  public Map<String, String> query() {
    return FormText.parse(uri.getRawQuery());
  }

  public @Nullable String form(String name) {
    return form().get(name);
  }

  /**
   * The form parameters; empty if the body is something else. Without a {@code Content-Type} it is
   * taken for a form, as Entra does and azure-identity relies on. RFC 9110 §8.3.1: the type is
   * "case-insensitive".
   */
  public Map<String, String> form() {
    var type = header("Content-Type");
    boolean isForm =
        type == null
            || type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    return isForm ? FormText.parse(new String(body, StandardCharsets.UTF_8)) : Map.of();
  }

  /** The same request with this part of its path captured. */
  public Request capturing(String part) {
    return new Request(method, uri, headers, body, stream, baseUrl, part);
  }
}
