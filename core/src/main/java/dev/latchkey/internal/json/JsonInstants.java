package dev.latchkey.internal.json;

import com.google.gson.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Reads instants as Microsoft Graph writes them. */
public final class JsonInstants {

  /** Loaded for unusual forms only. */
  private static final class Unusual {
    static final DateTimeFormatter UTC_BY_DEFAULT =
        DateTimeFormatter.ISO_DATE_TIME.withZone(ZoneOffset.UTC);
  }

  /** Zeros stand for digits. */
  private static final String PLAIN = "0000-00-00T00:00:00Z";

  private JsonInstants() {}

  /** An instant, or null. Planner has sent times without a zone; they are UTC. */
  public static @Nullable Instant read(JsonObject json, String name) {
    String text = Json.stringOrNull(json, name);
    if (text == null) {
      return null;
    }
    try {
      Instant plain = plain(text);
      return plain == null ? Instant.from(Unusual.UTC_BY_DEFAULT.parse(text)) : plain;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Reads the form that Graph nearly always writes, without a formatter; null for any other. */
  private static @Nullable Instant plain(String text) {
    if (text.length() != PLAIN.length()) {
      return null;
    }
    long digits = 0;
    for (int i = 0; i < PLAIN.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (PLAIN.charAt(i) != '0') {
        if (text.charAt(i) != PLAIN.charAt(i)) {
          return null;
        }
      } else if (digit < 0 || digit > 9) {
        return null;
      } else {
        digits = digits * 10 + digit;
      }
    }
    int date = (int) (digits / 1_000_000);
    int time = (int) (digits % 1_000_000);
    return LocalDateTime.of(
            date / 10_000,
            date / 100 % 100,
            date % 100,
            time / 10_000,
            time / 100 % 100,
            time % 100)
        .toInstant(ZoneOffset.UTC);
  }
}
