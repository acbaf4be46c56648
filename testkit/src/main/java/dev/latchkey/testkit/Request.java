package dev.latchkey.testkit;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An HTTP request, read whole. */
final class Request {

  private final String method;
  private final URI uri;
  private final Headers headers;
  private final byte[] body;
  private final String baseUrl;
  private final String tenant;

  Request(String method, URI uri, Headers headers, byte[] body, String baseUrl, String tenant) {
    this.method = method;
    this.uri = uri;
    this.headers = headers;
    this.body = body;
    this.baseUrl = baseUrl;
    this.tenant = tenant;
  }

  String method() {
    return method;
  }

  byte[] body() {
    return body;
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
    return new Request(method, uri, headers, body, baseUrl, pathTenant);
  }
}
