package dev.latchkey.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.fixture.FakeTime;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a token is due and when it ends, by both clocks. */
class TokenLifetimeTest {

  private final FakeTime time = new FakeTime();

  @ParameterizedTest
  @CsvSource({
    "1, 800",
    "60, 48000",
    "1499, 1199200",
    "1500, 1200000",
    "3600, 3300000",
    "100800, 100500000"
  })
  void isDueAFifthBeforeItsEndButNeverMoreThanFiveMinutes(long seconds, long dueAfterMillis) {
    TokenLifetime lifetime = granted(Duration.ofSeconds(seconds), null);

    time.advance(Duration.ofMillis(dueAfterMillis - 1));
    boolean before = lifetime.isFresh(time);
    time.advance(Duration.ofMillis(1));

    assertThat(before).isTrue();
    assertThat(lifetime.isFresh(time)).isFalse();
    assertThat(lifetime.isAlive(time)).isTrue();
  }

  @Test
  void refreshInDecidesWhenTheTokenIsDue() {
    TokenLifetime lifetime = granted(Duration.ofHours(24), Duration.ofHours(12));

    time.advance(Duration.ofHours(12).minusMillis(1));
    boolean before = lifetime.isFresh(time);
    time.advance(Duration.ofMillis(1));

    assertThat(before).isTrue();
    assertThat(lifetime.isFresh(time)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"3600, 2700, 3300", "600, 380, 480", "240, 192, 192"})
  void chanceMakesATokenDueEarlierAndNeverLater(long seconds, long first, long last) {
    Jitter jitter = Jitter.of(new Random(1));
    for (int i = 0; i < 1_000; i++) {
      TokenLifetime lifetime = granted(Duration.ofSeconds(seconds), null, jitter);

      assertThat(lifetime.dueMillis() - time.wallMillis()).isBetween(first * 1000, last * 1000);
      assertThat(lifetime.dueNanos() - time.nanos())
          .isEqualTo((lifetime.dueMillis() - time.wallMillis()) * 1_000_000);
      assertThat(lifetime.endMillis() - time.wallMillis()).isEqualTo(seconds * 1000);
    }
  }

  @Test
  void chanceMovesARefreshInOfHoursByAMinuteAndNeverBefore() {
    Jitter jitter = Jitter.of(new Random(1));
    for (int i = 0; i < 1_000; i++) {
      TokenLifetime lifetime = granted(Duration.ofHours(24), Duration.ofHours(12), jitter);

      assertThat(lifetime.dueMillis() - time.wallMillis())
          .isBetween(
              Duration.ofHours(12).toMillis(), Duration.ofHours(12).plusMinutes(1).toMillis());
    }
  }

  @Test
  void refreshInAfterTheEndIsIgnored() {
    TokenLifetime lifetime = granted(Duration.ofHours(1), Duration.ofHours(1));

    time.advance(Duration.ofMinutes(55));

    assertThat(lifetime.isFresh(time)).isFalse();
  }

  @Test
  void tokenOfAMinuteIsNotDueAtEveryCall() {
    TokenLifetime lifetime = granted(Duration.ofSeconds(60), null);

    time.advance(Duration.ofSeconds(47));

    assertThat(lifetime.isFresh(time)).isTrue();
  }

  @Test
  void tokenThatIsUsedUpOnArrivalLastsASecond() {
    TokenLifetime lifetime = granted(Duration.ZERO, null);

    boolean atOnce = lifetime.isAlive(time);
    time.advance(Duration.ofSeconds(1));

    assertThat(atOnce).isTrue();
    assertThat(lifetime.isAlive(time)).isFalse();
  }

  @Test
  void endsWhenItsTimeIsOver() {
    TokenLifetime lifetime = granted(Duration.ofHours(1), null);

    time.advance(Duration.ofHours(1).minusMillis(1));
    boolean before = lifetime.isAlive(time);
    time.advance(Duration.ofMillis(1));

    assertThat(before).isTrue();
    assertThat(lifetime.isAlive(time)).isFalse();
  }

  @Test
  void wallClockSetBackDoesNotProlongIt() {
    TokenLifetime lifetime = granted(Duration.ofHours(1), null);

    time.setWallClock(Duration.ofDays(-1));
    boolean before = lifetime.isFresh(time);
    time.advance(Duration.ofHours(1));

    assertThat(before).isTrue();
    assertThat(lifetime.isAlive(time)).isFalse();
  }

  @Test
  void wallClockSetForwardEndsIt() {
    TokenLifetime lifetime = granted(Duration.ofHours(1), null);

    time.setWallClock(Duration.ofHours(1));

    assertThat(lifetime.isAlive(time)).isFalse();
  }

  @Test
  void sleepCountsAlthoughTheMonotonicClockStandsStill() {
    TokenLifetime lifetime = granted(Duration.ofHours(1), null);

    time.sleep(Duration.ofMinutes(56));
    boolean due = !lifetime.isFresh(time);
    boolean alive = lifetime.isAlive(time);
    time.sleep(Duration.ofMinutes(4));

    assertThat(due).isTrue();
    assertThat(alive).isTrue();
    assertThat(lifetime.isAlive(time)).isFalse();
  }

  @Test
  void countsFromWhenTheRequestWentOut() {
    long sentNanos = time.nanos();
    long sentMillis = time.wallMillis();

    time.advance(Duration.ofSeconds(10));
    TokenLifetime lifetime =
        TokenLifetime.granted(sentNanos, sentMillis, Duration.ofSeconds(60), null);
    time.advance(Duration.ofSeconds(50));

    assertThat(lifetime.isAlive(time)).isFalse();
  }

  @Test
  void storedInstantsEndOnEitherClock() {
    long now = time.wallMillis();
    TokenLifetime slept = TokenLifetime.stored(now + 48_000, now + 60_000, time);
    time.setWallClock(Duration.ofSeconds(-30));
    time.advance(Duration.ofSeconds(59));

    boolean before = slept.isAlive(time);
    time.advance(Duration.ofSeconds(1));

    assertThat(before).isTrue();
    assertThat(slept.isAlive(time)).isFalse();
  }

  @Test
  void storedInstantsOfLongAgoAreOver() {
    TokenLifetime old = TokenLifetime.stored(0, 1, time);

    assertThat(old.isFresh(time)).isFalse();
    assertThat(old.isAlive(time)).isFalse();
  }

  @Test
  void usedToItsEndItIsNotDueBefore() {
    TokenLifetime lifetime = granted(Duration.ofHours(1), null).dueAtEnd();

    time.advance(Duration.ofMinutes(59));
    boolean before = lifetime.isFresh(time);
    time.advance(Duration.ofMinutes(1));

    assertThat(before).isTrue();
    assertThat(lifetime.isFresh(time)).isFalse();
  }

  @Test
  void whatIsLeftIsWhatTheStricterClockSays() {
    TokenLifetime lifetime = granted(Duration.ofHours(1), null);

    time.sleep(Duration.ofMinutes(20));
    Duration left = lifetime.left(time);
    time.sleep(Duration.ofMinutes(50));

    assertThat(left).isEqualTo(Duration.ofMinutes(40));
    assertThat(lifetime.left(time)).isZero();
  }

  private TokenLifetime granted(Duration expiresIn, @Nullable Duration refreshIn, Jitter jitter) {
    return TokenLifetime.granted(time.nanos(), time.wallMillis(), expiresIn, refreshIn, jitter);
  }

  private TokenLifetime granted(Duration expiresIn, @Nullable Duration refreshIn) {
    return TokenLifetime.granted(time.nanos(), time.wallMillis(), expiresIn, refreshIn);
  }
}
