package dev.latchkey.interop;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Plain HTTP with forms and JSON, blocking: for the suite's own hands, and no part of Latchkey. */
final class RawHttp {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private RawHttp() {}

  /** An answer: its status and its body. */
  record Answer(int status, String body) {
    /** The body as a JSON object. */
    JsonObject json() {
      return element().getAsJsonObject();
    }

    /** The body as JSON of whatever kind. */
    JsonElement element() {
      return JsonParser.parseString(body);
    }

    /** The JSON member {@code error}. */
    String error() {
      return json().get("error").getAsString();
    }

    /** This answer, if its status is a success. */
    Answer orFail(String what) {
      if (status / 100 != 2) {
        throw new IllegalStateException(what + " answered " + status + ": " + body);
      }
      return this;
    }
  }

  static Answer get(URI uri) {
    return send(HttpRequest.newBuilder(uri).GET());
  }

  static Answer postForm(URI uri, Map<String, String> form) {
    return send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(encode(form))));
  }

  static Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          CLIENT.send(
              request.timeout(Duration.ofSeconds(30)).build(),
              HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  static String encode(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
