package dev.latchkey.internal.http;

import static java.time.temporal.ChronoField.DAY_OF_MONTH;
import static java.time.temporal.ChronoField.DAY_OF_WEEK;
import static java.time.temporal.ChronoField.HOUR_OF_DAY;
import static java.time.temporal.ChronoField.MINUTE_OF_HOUR;
import static java.time.temporal.ChronoField.MONTH_OF_YEAR;
import static java.time.temporal.ChronoField.SECOND_OF_MINUTE;
import static java.time.temporal.ChronoField.YEAR;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  private static final Map<Long, String> DAYS =
      numbered("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
  private static final Map<Long, String> LONG_DAYS =
      numbered("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
  private static final Map<Long, String> MONTHS =
      numbered("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendValue(HOUR_OF_DAY, 2)
          .appendLiteral(':')
          .appendValue(MINUTE_OF_HOUR, 2)
          .appendLiteral(':')
          .appendValue(SECOND_OF_MINUTE, 2)
          .toFormatter(Locale.ROOT);

  /** Two digits are read as 2000 to 2099: no date here is older. */
  private static final int CENTURY = 2000;

  /**
   * RFC 9110: "A recipient that parses a timestamp value MUST accept all three formats." Every
   * number has as many digits as the grammar says: a pattern's {@code yyyy} would take ten, and no
   * clock could be compared to such a year. The names are fixed, so that no locale's data is loaded
   * between an answer and its save.
   */
  private static final List<DateTimeFormatter> FORMATS =
      List.of(
          new DateTimeFormatterBuilder() // Sun, 06 Nov 1994 08:49:37 GMT
              .appendText(DAY_OF_WEEK, DAYS)
              .appendLiteral(", ")
              .appendValue(DAY_OF_MONTH, 2)
              .appendLiteral(' ')
              .appendText(MONTH_OF_YEAR, MONTHS)
              .appendLiteral(' ')
              .appendValue(YEAR, 4)
              .appendLiteral(' ')
              .append(TIME)
              .appendLiteral(" GMT")
              .toFormatter(Locale.ROOT),
          new DateTimeFormatterBuilder() // Sunday, 06-Nov-94 08:49:37 GMT
              .appendText(DAY_OF_WEEK, LONG_DAYS)
              .appendLiteral(", ")
              .appendValue(DAY_OF_MONTH, 2)
              .appendLiteral('-')
              .appendText(MONTH_OF_YEAR, MONTHS)
              .appendLiteral('-')
              .appendValueReduced(YEAR, 2, 2, CENTURY)
              .appendLiteral(' ')
              .append(TIME)
              .appendLiteral(" GMT")
              .toFormatter(Locale.ROOT),
          new DateTimeFormatterBuilder() // Sun Nov  6 08:49:37 1994
              .appendText(DAY_OF_WEEK, DAYS)
              .appendLiteral(' ')
              .appendText(MONTH_OF_YEAR, MONTHS)
              .appendLiteral(' ')
              .padNext(2)
              .appendValue(DAY_OF_MONTH, 1, 2, SignStyle.NOT_NEGATIVE)
              .appendLiteral(' ')
              .append(TIME)
              .appendLiteral(' ')
              .appendValue(YEAR, 4)
              .toFormatter(Locale.ROOT));

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
    if (value.isEmpty()) { // as nearly always: three formats would each throw
      return null;
    }
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

  /** The form that RFC 9110 prefers. */
  public static String format(Instant date) {
    return FORMATS.get(0).format(date.atOffset(ZoneOffset.UTC));
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

  private static Map<Long, String> numbered(String... names) {
    Map<Long, String> numbered = new HashMap<>();
    for (String name : names) {
      numbered.put(numbered.size() + 1L, name);
    }
    return numbered;
  }
}
