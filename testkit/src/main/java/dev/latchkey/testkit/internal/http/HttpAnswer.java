package dev.latchkey.testkit.internal.http;

import com.google.gson.JsonElement;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A complete HTTP response before it is sent. Immutable.
 *
 * @param error the OAuth {@code error} that the body reports, for the log; null if it reports none
 */
public record HttpAnswer(
    int status, Map<String, List<String>> headers, Bytes body, @Nullable String error) {

  public static HttpAnswer json(int status, JsonElement body) {
    return of(status, "application/json; charset=utf-8", body.toString());
  }

  public static HttpAnswer html(int status, String body) {
    return of(status, "text/html; charset=utf-8", body);
  }

  public static HttpAnswer text(int status, String body) {
    return of(status, "text/plain; charset=utf-8", body);
  }

  public static HttpAnswer of(int status, String contentType, String body) {
    return empty(status).with("Content-Type", contentType).withText(body);
  }

  public static HttpAnswer file(int status, Bytes file) {
    return new HttpAnswer(
        status, Map.of("Content-Type", List.of("application/octet-stream")), file, null);
  }

  public static HttpAnswer empty(int status) {
    return new HttpAnswer(status, Map.of(), BytesInMemory.of(""), null);
  }

  public HttpAnswer with(String header, String... values) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, List.of(values));
    return new HttpAnswer(status, more, body, error);
  }

  public HttpAnswer withText(String text) {
    return new HttpAnswer(status, headers, BytesInMemory.of(text), error);
  }

  public HttpAnswer withError(String oauthError) {
    return new HttpAnswer(status, headers, body, oauthError);
  }

  public String text() {
    return new String(body.bytes(), StandardCharsets.UTF_8);
  }
}
