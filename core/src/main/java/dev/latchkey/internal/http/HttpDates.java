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

  /** Nobody waits longer on the word of one header. */
  static final Duration LONGEST_WAIT = Duration.ofHours(24);

  /** RFC 9110: "A recipient that parses a timestamp value MUST accept all three formats." */
  private static final List<DateTimeFormatter> FORMATS =
      List.of(
          DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US),
          // Two digits of a year are read as 2000 to 2099: nothing here is older.
          DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.US),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US));

  private HttpDates() {}

  /** The server's clock; null if it sent none that makes sense. */
  public static @Nullable Instant date(HttpHeaders headers) {
    return headers.firstValue("Date").map(HttpDates::parse).orElse(null);
  }

  /**
   * How long the server asks to wait.
   *
   * @param date the server's own clock, against which a date in {@code Retry-After} is read
   * @param now this machine's clock, used if the server sent none
   * @return 0 to 24 hours; null if there is no such header or it makes no sense
   */
  public static @Nullable Duration retryAfter(
      HttpHeaders headers, @Nullable Instant date, Instant now) {
    String value = headers.firstValue("Retry-After").map(String::strip).orElse("");
    Duration wait;
    if (value.matches("[0-9]{1,256}")) {
      // Ten digits are 300 years already, and fit a long.
      wait = value.length() > 10 ? LONGEST_WAIT : Duration.ofSeconds(Long.parseLong(value));
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
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
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
