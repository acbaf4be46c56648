package dev.latchkey.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request that the fake server received. Thread-safe. */
public final class RecordedRequest {

  private static final Set<String> SECRET =
      Set.of(
          "device_code",
          "refresh_token",
          "token",
          "client_secret",
          "client_assertion",
          "code",
          "code_verifier",
          "password",
          "form_token",
          "tempauth");

  private static final Set<String> SECRET_HEADERS =
      Set.of("authorization", "proxy-authorization", "cookie");

  private final Endpoint endpoint;
  private final String method;
  private final String path;
  private final Map<String, String> query;
  private final Map<String, String> form;
  private final Map<String, String> headers;
  private final int port;
  private final Instant time;
  private final Duration sinceStart;
  private volatile int status;
  private volatile @Nullable String error;

  RecordedRequest(Endpoint endpoint, Request request, Instant time, Duration sinceStart) {
    this.endpoint = endpoint;
    this.method = request.method();
    this.path = request.path();
    this.query = redacted(request.query());
    this.form = redacted(request.form());
    this.headers = redactedHeaders(request.headers());
    this.port = request.port();
    this.time = time;
    this.sinceStart = sinceStart;
  }

  private static Map<String, String> redacted(Map<String, String> parameters) {
    var copy = new LinkedHashMap<String, String>();
    parameters.forEach((name, value) -> copy.put(name, SECRET.contains(name) ? "***" : value));
    return Collections.unmodifiableMap(copy);
  }

  private static Map<String, String> redactedHeaders(Map<String, String> headers) {
    headers.replaceAll((name, value) -> SECRET_HEADERS.contains(name) ? "***" : value);
    return Map.copyOf(headers);
  }

  /** {@return the endpoint it went to} */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** {@return the HTTP method} */
  public String method() {
    return method;
  }

  /** {@return the path, with the tenant and without the query} */
  public String path() {
    return path;
  }

  /** {@return the query parameters in the order sent; secrets are {@code ***}} */
  public Map<String, String> query() {
    return query;
  }

  /** {@return the form parameters in the order sent; secrets are {@code ***}} */
  public Map<String, String> form() {
    return form;
  }

  /**
   * A header.
   *
   * @param name in upper or lower case
   * @return its first value; {@code ***} if that is a secret
   */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** {@return whether it carried an {@code Authorization} header, good or bad} */
  public boolean isAuthorized() {
    return headers.containsKey("authorization");
  }

  /** {@return the port it came to: the server's own, or the storage's} */
  public int port() {
    return port;
  }

  /** {@return the {@code grant_type}, of a request to the token endpoint that has one} */
  public Optional<String> grantType() {
    return Optional.ofNullable(form.get("grant_type"));
  }

  /** {@return whether it polls for the tokens of a sign-in} */
  public boolean isPoll() {
    return endpoint == Endpoint.TOKEN && grantType().orElse("").endsWith("device_code");
  }

  /** {@return whether it redeems, or tries to redeem, a refresh token} */
  public boolean isRefresh() {
    return endpoint == Endpoint.TOKEN && grantType().orElse("").equals("refresh_token");
  }

  /** {@return when it came, by the server's clock} */
  public Instant time() {
    return time;
  }

  /** {@return when it came, counted from the start of the server by the monotonic clock} */
  public Duration sinceStart() {
    return sinceStart;
  }

  /**
   * {@return the status of the answer; empty while there is none, and for good if the connection
   * was cut}
   */
  public OptionalInt status() {
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /** {@return the OAuth {@code error} that it was answered with, if it was} */
  public Optional<String> error() {
    return Optional.ofNullable(error);
  }

  void answered(int withStatus) {
    status = withStatus;
  }

  void refused(OAuthFailure failure) {
    error = failure.error();
  }

  @Override
  public String toString() {
    return method + " " + path + " " + form + " -> " + status + (error == null ? "" : " " + error);
  }
}
