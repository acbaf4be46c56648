package dev.latchkey.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.time.Jitter;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How long no request follows a failure. */
class RetryPauseTest {

  private final Jitter jitter = Jitter.of(new Random(1));

  @Test
  void chanceNeverShortensTheDoublingPauses() {
    RetryPause pause = null;
    for (long least : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      pause = RetryPause.after(pause, false, null, jitter);

      assertThat(pause.length()).isBetween(seconds(least), seconds(2 * least));
    }
  }

  @Test
  void onlyAServerThatSaysThatItIsBusyIsLeftAloneForMinutes() {
    RetryPause silent = lastOf(false, null);
    RetryPause busy = lastOf(true, null);

    assertThat(silent.length()).isBetween(seconds(60), seconds(120));
    assertThat(busy.length()).isBetween(seconds(60), seconds(300));
  }

  @Test
  void noRequestFollowsBeforeRetryAfter() {
    for (int i = 0; i < 1_000; i++) {
      RetryPause pause = RetryPause.after(null, true, seconds(30), jitter);

      assertThat(pause.length()).isBetween(seconds(30), seconds(60));
    }
  }

  @Test
  void retryAfterOfTheLongestPauseIsNotCutEither() {
    assertThat(lastOf(true, seconds(600)).length()).isBetween(seconds(600), seconds(660));
  }

  @Test
  void earlyRefreshWaitsAtLeastAsLongAsTheFailureLasts() {
    RetryPause failure = RetryPause.after(null, true, seconds(200), jitter);

    RetryPause early = failure.early(seconds(240), jitter);

    assertThat(early.length()).isGreaterThanOrEqualTo(failure.length());
  }

  @Test
  void pauseGoesOnFromTheTimeThatAnEarlyRefreshWaited() {
    RetryPause first = RetryPause.after(null, true, null, jitter);
    RetryPause early = first.early(seconds(300), jitter);

    RetryPause next = RetryPause.after(first.besides(early), true, null, jitter);

    assertThat(early.length()).isBetween(seconds(150), seconds(225));
    assertThat(next.step()).isEqualTo(seconds(60));
  }

  @Test
  void withoutChanceAnEarlyRefreshIsRepeatedLikeAnyOther() {
    RetryPause first = RetryPause.after(null, true, null, Jitter.NONE);
    RetryPause early = first.early(seconds(300), Jitter.NONE);

    assertThat(early).isEqualTo(first);
    assertThat(first.besides(early)).isEqualTo(first);
  }

  private RetryPause lastOf(boolean busy, @Nullable Duration asked) {
    RetryPause pause = RetryPause.after(null, busy, asked, jitter);
    for (int i = 0; i < 8; i++) {
      pause = RetryPause.after(pause, busy, asked, jitter);
    }
    return pause;
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
