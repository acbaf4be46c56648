package dev.latchkey.testkit.internal.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses {@code application/x-www-form-urlencoded} text. */
final class FormText {

  private FormText() {}

  /**
   * The parameters in the order sent. Of a repeated one, the first; malformed ones are left out.
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
        // A real server ignores a parameter that it cannot read, too.
      }
    }
    return parameters;
  }

  private static String decode(String encoded) {
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }
}
