package dev.latchkey.testkit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code application/x-www-form-urlencoded} text. */
final class Form {

  private Form() {}

  /**
   * Parameters in the order sent; of one sent twice, the first. What cannot be decoded is left out.
   */
  static Map<String, String> parse(@Nullable String encoded) {
    var parameters = new LinkedHashMap<String, String>();
    if (encoded == null) {
      return parameters;
    }
    for (String pair : encoded.split("&", -1)) {
      int equals = pair.indexOf('=');
      try {
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        if (!name.isEmpty()) {
          parameters.putIfAbsent(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
      } catch (IllegalArgumentException malformed) {
        // As a real server: a parameter nobody can read was not sent.
      }
    }
    return parameters;
  }

  private static String decode(String encoded) {
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }
}
