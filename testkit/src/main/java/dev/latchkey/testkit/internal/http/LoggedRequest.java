package dev.latchkey.testkit.internal.http;

import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.RecordedRequest;
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

/** A request in the log, without its secrets. Thread-safe. */
final class LoggedRequest implements RecordedRequest {

  private static final Set<String> SECRET_PARAMETERS =
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

  LoggedRequest(Endpoint endpoint, Request request, Instant time, Duration sinceStart) {
    this.endpoint = endpoint;
    this.method = request.method();
    this.path = request.path();
    this.query = redacted(request.query(), SECRET_PARAMETERS);
    this.form = redacted(request.form(), SECRET_PARAMETERS);
    this.headers = redacted(request.headers(), SECRET_HEADERS);
    this.port = request.port();
    this.time = time;
    this.sinceStart = sinceStart;
  }

  private static Map<String, String> redacted(Map<String, String> values, Set<String> secret) {
    var copy = new LinkedHashMap<>(values);
    copy.replaceAll((name, value) -> secret.contains(name) ? "***" : value);
    return Collections.unmodifiableMap(copy);
  }

  @Override
  public Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public Map<String, String> query() {
    return query;
  }

  @Override
  public Map<String, String> form() {
    return form;
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public Instant time() {
    return time;
  }

  @Override
  public Duration sinceStart() {
    return sinceStart;
  }

  @Override
  public OptionalInt status() {
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  @Override
  public Optional<String> error() {
    return Optional.ofNullable(error);
  }

  void answered(HttpAnswer answer) {
    error = answer.error();
    status = answer.status();
  }

  @Override
  public String toString() {
    return method + " " + path + " " + form + " -> " + status + (error == null ? "" : " " + error);
  }
}
