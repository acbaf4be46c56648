package dev.latchkey;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;

/** Header fields as an answer would bring them. */
final class Headers {

  private Headers() {}

  static HttpHeaders wwwAuthenticate(String... values) {
    return HttpHeaders.of(Map.of("www-authenticate", List.of(values)), (name, value) -> true);
  }
}
