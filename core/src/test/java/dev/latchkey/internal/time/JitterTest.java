package dev.latchkey.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How far chance moves a refresh, and lengthens a wait. */
class JitterTest {

  private static final RandomGenerator LEAST = () -> 0;
  private static final RandomGenerator MOST = () -> -1;

  @Test
  void noJitterMovesNothing() {
    assertThat(Jitter.NONE.earlier(minutes(60))).isZero();
    assertThat(Jitter.NONE.later(minutes(60), minutes(60))).isZero();
    assertThat(Jitter.NONE.lengthened(seconds(60), true)).isEqualTo(seconds(60));
    assertThat(Jitter.NONE.afterAtLeast(seconds(30))).isEqualTo(seconds(30));
    assertThat(Jitter.NONE.early(seconds(1), minutes(5))).isEqualTo(seconds(1));
  }

  @ParameterizedTest
  @CsvSource({"299, 0", "300, 50", "3600, 600", "86400, 600"})
  void refreshIsEarlierByASixthOfTheLifetimeAndTenMinutesAtMost(long lifetime, long most) {
    assertBetween(seconds(0), seconds(most), jitter -> jitter.earlier(seconds(lifetime)));
  }

  @ParameterizedTest
  @CsvSource({
    "43200, 43200, 60", // a minute, of Entra's twelve hours
    "300, 3300, 30", // a tenth of the time until then
    "299, 3301, 0", // soon
    "43200, 600, 60",
    "43200, 599, 0", // too near the end
    "3000, 300, 0"
  })
  void refreshInIsPutOffOnlyFarFromTheEnd(long refreshIn, long left, double most) {
    assertBetween(
        seconds(0), millis(most), jitter -> jitter.later(seconds(refreshIn), seconds(left)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 32, 60})
  void pauseIsNeverShorterAndLessThanTwiceAsLong(long pause) {
    assertBetween(
        seconds(pause), seconds(2 * pause), jitter -> jitter.lengthened(seconds(pause), false));
  }

  @Test
  void lastPauseOfABusyServerIsOneToFiveMinutes() {
    assertBetween(seconds(60), seconds(300), jitter -> jitter.lengthened(seconds(60), true));
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "30, 60", "60, 120", "3600, 3660"})
  void retryAfterIsNeverCutAndExceededByAMinuteAtMost(long asked, long most) {
    assertBetween(seconds(asked), seconds(most), jitter -> jitter.afterAtLeast(seconds(asked)));
  }

  @ParameterizedTest
  @CsvSource({"30, 10, 40", "30, 31, 60", "3600, 61, 3660", "30, 0, 30"})
  void retryAfterIsExceededByWhatThereIsToSpareAtMost(long asked, long spare, long most) {
    assertBetween(
        seconds(asked),
        seconds(most),
        jitter -> jitter.afterAtLeast(seconds(asked), seconds(spare)));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 300, 150, 225",
    "200, 300, 200, 225", // the pause that was asked for
    "900, 300, 900, 900",
    "1, 40000, 300, 450" // the same as with ten minutes left
  })
  void failedEarlyRefreshIsRepeatedInTheThirdQuarterOfWhatIsLeft(
      long pause, long left, long least, long most) {
    assertBetween(
        seconds(least), seconds(most), jitter -> jitter.early(seconds(pause), seconds(left)));
  }

  @Test
  void otherRandomNumbersMoveByTheSameBoundsAndNothingWhereNothingIsMoved() {
    Jitter patient = Jitter.of(LEAST, 8).with(MOST);

    assertThat(patient.lengthened(seconds(60), true)).isEqualTo(millis(539.999));
    assertThat(Jitter.NONE.with(MOST).afterAtLeast(seconds(30))).isEqualTo(seconds(30));
  }

  @Test
  void sameSeedMovesAlike() {
    Jitter one = Jitter.of(new Random(7));
    Jitter same = Jitter.of(new Random(7));

    for (int i = 0; i < 100; i++) {
      assertThat(one.earlier(minutes(5))).isEqualTo(same.earlier(minutes(5)));
    }
  }

  private static void assertBetween(
      Duration least, Duration most, Function<Jitter, Duration> moved) {
    Jitter any = Jitter.of(new Random(1));
    Set<Duration> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      Duration one = moved.apply(any);
      assertThat(one).isBetween(least, most);
      seen.add(one);
    }
    assertThat(moved.apply(Jitter.of(LEAST))).isEqualTo(least);
    assertThat(moved.apply(Jitter.of(MOST))).isBetween(most.minusMillis(1), most);
    assertThat(seen).hasSizeGreaterThan(least.equals(most) ? 0 : 10);
  }

  private static Duration millis(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static Duration minutes(long minutes) {
    return Duration.ofMinutes(minutes);
  }
}
