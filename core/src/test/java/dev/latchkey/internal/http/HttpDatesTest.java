package dev.latchkey.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.fixture.Allocation;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDatesTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "0|0",
        "3|3",
        " 60 |60",
        "86400|86400",
        "86401|86400",
        "99999999999999999999|86400",
        "Sun, 01 Mar 2026 12:00:30 GMT|30",
        "Sun, 01 Mar 2026 11:00:00 GMT|0",
        "Mon, 02 Mar 2026 13:00:00 GMT|86400",
        "Sunday, 01-Mar-26 12:00:30 GMT|30",
        "Sun Mar  1 12:00:30 2026|30",
        "-5|null",
        "1.5|null",
        "soon|null",
        "Sun, 31 Feb 2026 12:00:30 GMT|null",
        "Mon, 01 Mar 2026 12:00:30 GMT|null",
        "Sun, 1 Mar 2026 12:00:30 GMT|null",
        "Fri, 31 Dec 9999 23:59:59 GMT|86400",
        "Sat, 01 Jan 0000 00:00:00 GMT|0",
        "Fri, 31 Dec +999999999 23:59:59 GMT|null",
        "Fri, 31 Dec 10000 23:59:59 GMT|null",
      })
  void retryAfterIsReadInEachFormatAndLimitedToADay(String value, @Nullable Long seconds) {
    Duration wait = HttpDates.retryAfter(headers("Retry-After", value), null, NOW);

    assertThat(wait).isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
  }

  @Test
  void retryDateIsComparedToTheServersClock() {
    HttpHeaders headers = headers("Retry-After", "Sun, 01 Mar 2026 12:00:30 GMT");
    Instant serversClock = NOW.minusSeconds(90);

    assertThat(HttpDates.retryAfter(headers, serversClock, NOW)).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void absentHeadersAreNull() {
    assertThat(HttpDates.retryAfter(headers("X-None", "1"), null, NOW)).isNull();
    assertThat(HttpDates.date(headers("X-None", "1"))).isNull();
  }

  /** Nearly every response lacks the header, and every format would throw. */
  @Test
  void absentRetryAfterIsNotTakenForADate() {
    HttpHeaders without = headers("X-None", "1");
    HttpHeaders other = headers("Retry-After", "soon");

    long absent = Allocation.of(() -> List.of(HttpDates.retryAfter(without, null, NOW) == null));
    long unreadable = Allocation.of(() -> List.of(HttpDates.retryAfter(other, null, NOW) == null));

    assertThat(absent).isLessThan(500).isLessThan(unreadable / 10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 2044 08:49:37 GMT",
        "Sunday, 06-Nov-44 08:49:37 GMT",
        "Sun Nov  6 08:49:37 2044",
      })
  void dateIsReadInAllThreeFormats(String value) {
    assertThat(HttpDates.date(headers("Date", value)))
        .isEqualTo(Instant.parse("2044-11-06T08:49:37Z"));
  }

  @Test
  void invalidDateIsNull() {
    assertThat(HttpDates.date(headers("Date", "yesterday"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Fri, 31 Dec +999999999 23:59:59 GMT",
        "Fri, 31 Dec 999999999 23:59:59 GMT",
        "Fri, 31 Dec 10000 23:59:59 GMT",
        "Fri, 01 Jan -0001 00:00:00 GMT",
        "Fri, 01 Jan -999999999 00:00:00 GMT",
        "Fri, 01 Jan 999 00:00:00 GMT",
        "Fri Dec 31 23:59:59 +999999999",
        "Friday, 31-Dec-999999999 23:59:59 GMT",
      })
  void yearOfMoreOrLessThanFourDigitsIsNoDate(String value) {
    assertThat(HttpDates.date(headers("Date", value))).isNull();
  }

  /** A good answer has a date, and the formatter took 7 % of the time of a request. */
  @Test
  void dateOfAnAnswerIsReadWithoutAFormatter() {
    HttpHeaders headers = headers("Date", "Sun, 06 Nov 2044 08:49:37 GMT");

    assertThat(Allocation.of(() -> HttpDates.date(headers))).isLessThan(300);
  }

  @Test
  void everyDateIsReadAsTheFormatterReadsIt() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      Instant date = Instant.ofEpochSecond(random.nextLong(-60_000_000_000L, 250_000_000_000L));
      String text = HttpDates.format(date);

      assertThat(HttpDates.preferred(text)).as(text).isEqualTo(date);
    }
  }

  @Test
  void dayIsReadIfTheCalendarHasIt() {
    for (int year : new int[] {1900, 2000, 2023, 2024, 2100}) {
      for (int month = 1; month <= 12; month++) {
        String name = "JanFebMarAprMayJunJulAugSepOctNovDec".substring(3 * month - 3, 3 * month);
        for (int day = 0; day <= 32; day++) {
          String rest = String.format(Locale.ROOT, ", %02d %s %d 00:00:00 GMT", day, name, year);
          List<Instant> read =
              Stream.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
                  .map(weekday -> HttpDates.preferred(weekday + rest))
                  .filter(Objects::nonNull)
                  .toList();

          assertThat(read).as(rest).isEqualTo(beginning(YearMonth.of(year, month), day));
        }
      }
    }
  }

  /** Of a day; empty if the month does not have it. */
  private static List<Instant> beginning(YearMonth month, int day) {
    return month.isValidDay(day)
        ? List.of(month.atDay(day).atStartOfDay(ZoneOffset.UTC).toInstant())
        : List.of();
  }

  @Test
  void damagedDateIsNeverReadOtherwiseThanByTheFormatter() {
    String characters = "0123456789 ,:-+GMTSunMonJanFebDec\u0661x";
    Random random = new Random(2);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      Instant date = Instant.ofEpochSecond(random.nextLong(0, 4_000_000_000L));
      StringBuilder text = new StringBuilder(HttpDates.format(date));
      for (int damages = random.nextInt(1, 3); damages > 0; damages--) {
        char with = characters.charAt(random.nextInt(characters.length()));
        text.setCharAt(random.nextInt(text.length()), with);
      }

      Instant preferred = HttpDates.preferred(text.toString());

      if (preferred != null) {
        read++;
        assertThat(preferred).as(text.toString()).isEqualTo(HttpDates.byFormats(text.toString()));
      }
    }
    assertThat(read).isPositive();
  }

  private static HttpHeaders headers(String name, String value) {
    return HttpHeaders.of(Map.of(name, List.of(value)), (n, v) -> true);
  }
}
