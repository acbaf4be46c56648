package dev.latchkey.testkit;

import com.sun.net.httpserver.Headers;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An HTTP request, read whole, unless its body is too large for that. */
final class Request {

  private final String method;
  private final URI uri;
  private final Headers headers;
  private final byte[] body;
  private final @Nullable InputStream stream;
  private final String baseUrl;
  private final String tenant;

  Request(String method, URI uri, Headers headers, byte[] body, String baseUrl, String tenant) {
    this(method, uri, headers, body, null, baseUrl, tenant);
  }

  private Request(
      String method,
      URI uri,
      Headers headers,
      byte[] body,
      @Nullable InputStream stream,
      String baseUrl,
      String tenant) {
    this.method = method;
    this.uri = uri;
    this.headers = headers;
    this.body = body;
    this.stream = stream;
    this.baseUrl = baseUrl;
    this.tenant = tenant;
  }

  /** A request whose body is read by whoever wants it. */
  static Request streaming(
      String method, URI uri, Headers headers, InputStream stream, String baseUrl) {
    return new Request(method, uri, headers, new byte[0], stream, baseUrl, "");
  }

  String method() {
    return method;
  }

  /** The body, or nothing if it is a {@link #stream()} that nobody has read. */
  byte[] body() {
    return body;
  }

  InputStream stream() {
    return stream == null ? new ByteArrayInputStream(body) : stream;
  }

  /** The server's own URL as the client spelled it: {@code 127.0.0.1} or {@code localhost}. */
  String baseUrl() {
    return baseUrl;
  }

  /** The tenant segment of the path, or empty where the path has none. */
  String tenant() {
    return tenant;
  }

  String path() {
    return uri.getPath();
  }

  boolean isPost() {
    return method.equals("POST");
  }

  @Nullable String header(String name) {
    return headers.getFirst(name);
  }

  /** The first of each name, in lower case. */
  Map<String, String> headers() {
    var first = new TreeMap<String, String>();
    headers.forEach((name, values) -> first.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    return first;
  }

  int port() {
    return URI.create(baseUrl).getPort();
  }

  @Nullable String query(String name) {
    return query().get(name);
  }

  Map<String, String> query() {
    return Form.parse(uri.getRawQuery());
  }

  @Nullable String form(String name) {
    return form().get(name);
  }

  /** The form parameters, or none if the body is anything but a form. */
  Map<String, String> form() {
    var type = header("Content-Type");
    boolean isForm = type != null && type.startsWith("application/x-www-form-urlencoded");
    return isForm ? Form.parse(new String(body, StandardCharsets.UTF_8)) : Map.of();
  }

  /** A form parameter without which Entra answers AADSTS900144. */
  String require(String name) {
    var value = form(name);
    if (value == null || value.isEmpty()) {
      throw Refusal.of(
          "invalid_request",
          900144,
          "The request body must contain the following parameter: '" + name + "'.");
    }
    return value;
  }

  Request in(String pathTenant) {
    return new Request(method, uri, headers, body, stream, baseUrl, pathTenant);
  }
}
