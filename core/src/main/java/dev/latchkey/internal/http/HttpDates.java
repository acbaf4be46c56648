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

  private static final String DAYS = "MonTueWedThuFriSatSun";
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  /** Where the letters and digits of the preferred format are 0. */
  private static final String PREFERRED = "000, 00 000 0000 00:00:00 GMT";

  /** The weekday of the first day of 1970, if Monday is 0. */
  private static final int THURSDAY = 3;

  /** From the first day of March in the year 0. */
  private static final int DAYS_TO_1970 = 719_468;

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
    return Formats.ALL.get(0).format(date.atOffset(ZoneOffset.UTC));
  }

  private static @Nullable Instant parse(String text) {
    Instant preferred = preferred(text);
    return preferred == null ? byFormats(text) : preferred;
  }

  /**
   * Reads the form that RFC 9110 prefers, in which nearly every response has its date. A formatter
   * would take longer than all the rest, and load some sixty classes in a cold JVM.
   *
   * @return null for anything unusual, which is left to the formatters
   */
  static @Nullable Instant preferred(String text) {
    if (text.length() != PREFERRED.length()) {
      return null;
    }
    for (int i = 0; i < text.length(); i++) {
      if (PREFERRED.charAt(i) != '0' && PREFERRED.charAt(i) != text.charAt(i)) {
        return null;
      }
    }
    int weekday = name(DAYS, text, 0);
    int month = name(MONTHS, text, 8);
    int year = number(text, 12, 16);
    int day = number(text, 5, 7);
    int hour = number(text, 17, 19);
    int minute = number(text, 20, 22);
    int second = number(text, 23, 25);
    if (weekday < 0
        || month < 0
        || year < 0
        || hour < 0
        || hour > 23
        || minute < 0
        || minute > 59
        || second < 0
        || second > 59) {
      return null;
    }
    long first = firstOfMonth(year, month);
    if (day < 1 || day > firstOfMonth(year, month + 1) - first) {
      return null;
    }
    long days = first + day - 1;
    return Math.floorMod(days + THURSDAY, 7) == weekday
        ? Instant.ofEpochSecond(((days * 24 + hour) * 60 + minute) * 60 + second)
        : null;
  }

  /**
   * The days from 1970 to the beginning of a month. {@code LocalDate} makes JDK 25 build a
   * formatter to learn which years are leap years.
   *
   * @param month 0 for January to 12 for the January after
   */
  private static long firstOfMonth(int year, int month) {
    // In years that begin in March, a leap day is the last day and moves no month.
    int march = month < 2 ? year - 1 : year;
    int months = month < 2 ? month + 10 : month - 2;
    int leapDays = Math.floorDiv(march, 4) - Math.floorDiv(march, 100) + Math.floorDiv(march, 400);
    return 365L * march + leapDays + (153 * months + 2) / 5 - DAYS_TO_1970;
  }

  /** The place of three letters among names of three letters, from 0; -1 if they are none. */
  private static int name(String names, String text, int at) {
    for (int i = 0; i < names.length(); i += 3) {
      if (names.regionMatches(i, text, at, 3)) {
        return i / 3;
      }
    }
    return -1;
  }

  /** The number in digits of ASCII; -1 if another character is among them. */
  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /** Reads any of the three formats. */
  static @Nullable Instant byFormats(String text) {
    return Formats.ALL.stream()
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

  /**
   * All three formats. Nearly every date is in the first one and read without a formatter, whose
   * classes are therefore loaded for the others only.
   */
  private static final class Formats {
    private static final Map<Long, String> DAYS =
        numbered("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final Map<Long, String> LONG_DAYS =
        numbered("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
    private static final Map<Long, String> MONTHS =
        numbered(
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

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
     * number has as many digits as the grammar says: a pattern's {@code yyyy} would take ten, and
     * no clock could be compared to such a year. The names are fixed, so that no locale's data is
     * loaded between an answer and its save.
     */
    static final List<DateTimeFormatter> ALL =
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

    private static Map<Long, String> numbered(String... names) {
      Map<Long, String> numbered = new HashMap<>();
      for (String name : names) {
        numbered.put(numbered.size() + 1L, name);
      }
      return numbered;
    }
  }
}
