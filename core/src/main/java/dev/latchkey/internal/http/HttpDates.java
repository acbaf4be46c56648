package dev.latchkey.internal.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Date} and {@code Retry-After}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7">RFC 9110 §5.6.7</a>
 */
public final class HttpDates {

  /** A longer wait is not believed. */
  static final Duration MAX_WAIT = Duration.ofHours(24);

  /** RFC 9110: "A recipient that parses a timestamp value MUST accept all three formats." */
  private static final List<DateTimeFormatter> FORMATS =
      List.of(
          DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US),
          // Two-digit years are read as 2000 to 2099: no date here is older.
          DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.US),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US));

  private HttpDates() {}

  /** The server's clock; null if there is no valid {@code Date}. */
  public static @Nullable Instant date(HttpHeaders headers) {
    return headers.firstValue("Date").map(HttpDates::parse).orElse(null);
  }

  /**
   * How long the server asks to wait.
   *
   * @param date the server's clock, to which a date in {@code Retry-After} is compared
   * @param now this machine's clock, used if the server sent no {@code Date}
   * @return 0 to 24 hours; null if there is no valid {@code Retry-After}
   */
  public static @Nullable Duration retryAfter(
      HttpHeaders headers, @Nullable Instant date, Instant now) {
    String value = headers.firstValue("Retry-After").map(String::strip).orElse("");
    Duration wait;
    if (value.matches("[0-9]{1,256}")) {
      // Ten digits are 300 years, and fit a long.
      wait = value.length() > 10 ? MAX_WAIT : Duration.ofSeconds(Long.parseLong(value));
    } else {
      Instant until = parse(value);
      if (until == null) {
        return null;
      }
      wait = Duration.between(date == null ? now : date, until);
    }
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait;
  }

  private static @Nullable Instant parse(String text) {
    return FORMATS.stream()
        .map(format -> parse(text, format))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Instant parse(String text, DateTimeFormatter format) {
    try {
      return format.withZone(ZoneOffset.UTC).parse(text, Instant::from);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
