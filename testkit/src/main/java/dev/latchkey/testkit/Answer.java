package dev.latchkey.testkit;

import com.google.gson.JsonElement;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An HTTP answer, complete, before it goes out. */
final class Answer {

  private final int status;
  private final Map<String, List<String>> headers;
  private final Body body;

  Answer(int status, Map<String, List<String>> headers, Body body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  static Answer json(int status, JsonElement body) {
    return of(status, "application/json; charset=utf-8", body.toString());
  }

  static Answer html(int status, String body) {
    return of(status, "text/html; charset=utf-8", body);
  }

  static Answer text(int status, String body) {
    return of(status, "text/plain; charset=utf-8", body);
  }

  static Answer of(int status, String contentType, String body) {
    return new Answer(status, Map.of("Content-Type", List.of(contentType)), Body.of(body));
  }

  static Answer empty(int status) {
    return new Answer(status, Map.of(), Body.of(""));
  }

  Answer with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, List.of(value));
    return new Answer(status, more, body);
  }

  Answer withText(String text) {
    return new Answer(status, headers, Body.of(text));
  }

  int status() {
    return status;
  }

  Map<String, List<String>> headers() {
    return headers;
  }

  Body body() {
    return body;
  }

  String text() {
    return new String(body.bytes(), StandardCharsets.UTF_8);
  }
}
