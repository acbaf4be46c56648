package dev.latchkey.graph.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryStepTest {

  private static final Duration PLENTY = Duration.ofHours(1);

  @ParameterizedTest
  @CsvSource({
    // status, Retry-After sent, what becomes of a repeatable request, and of another
    "429, false, AGAIN, AGAIN",
    "429, true, AGAIN, AGAIN",
    "509, false, AGAIN, AGAIN",
    "503, true, AGAIN, AGAIN",
    "503, false, AGAIN, GIVE_UP",
    "500, false, AGAIN, UNKNOWN",
    "502, false, AGAIN, UNKNOWN",
    "504, false, AGAIN, UNKNOWN",
    "504, true, AGAIN, UNKNOWN",
    "0, false, AGAIN, UNKNOWN",
    "400, false, GIVE_UP, GIVE_UP",
    "401, false, GIVE_UP, GIVE_UP",
    "404, true, GIVE_UP, GIVE_UP",
    "501, false, GIVE_UP, GIVE_UP",
    "505, false, GIVE_UP, GIVE_UP",
    "507, false, GIVE_UP, GIVE_UP",
    "520, false, AGAIN, UNKNOWN",
    "522, false, AGAIN, UNKNOWN",
    "524, true, AGAIN, UNKNOWN",
    "599, false, GIVE_UP, UNKNOWN",
    "304, false, GIVE_UP, GIVE_UP"
  })
  void statusAndMethodDecide(int status, boolean sent, String repeatable, String once) {
    var failure = new RetryStep.Failure(status, sent, null, false);

    assertThat(name(next(failure, true))).isEqualTo(repeatable);
    assertThat(name(next(failure, false))).isEqualTo(once);
  }

  @Test
  void requestThatNeverLeftIsSentAgainWhateverItIs() {
    assertThat(next(RetryStep.Failure.noAnswer(true), false)).isInstanceOf(RetryStep.Again.class);
  }

  @Test
  void retryAfterIsObeyedInFullWithinTheDeadline() {
    var failure = failure(Duration.ofSeconds(315));

    assertThat(RetryStep.next(failure, true, 1, 6, Duration.ofSeconds(315), new Random(1)))
        .isEqualTo(new RetryStep.Again(Duration.ofSeconds(315)));
    assertThat(RetryStep.next(failure, true, 1, 6, Duration.ofSeconds(314), new Random(1)))
        .isEqualTo(new RetryStep.GiveUp());
  }

  @Test
  void zeroAndNonsenseWaitAsIfNothingHadBeenSaid() {
    for (Duration said : new @Nullable Duration[] {Duration.ZERO, null}) {
      var step = (RetryStep.Again) next(failure(said), true);

      assertThat(step.pause()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }
  }

  @Test
  void pausesDoubleUpToThirtySeconds() {
    for (int attempt = 1; attempt <= 40; attempt++) {
      long longest = Math.min(30, 1L << Math.min(attempt - 1, 30));
      var step = RetryStep.next(failure(null), true, attempt, 99, PLENTY, new Random(attempt));

      assertThat(((RetryStep.Again) step).pause())
          .isBetween(Duration.ofMillis(longest * 500), Duration.ofSeconds(longest));
    }
  }

  @Test
  void attemptsAreCounted() {
    assertThat(RetryStep.next(failure(null), true, 6, 6, PLENTY, new Random(1)))
        .isEqualTo(new RetryStep.GiveUp());
    assertThat(
            RetryStep.next(RetryStep.Failure.noAnswer(false), false, 6, 6, PLENTY, new Random(1)))
        .isEqualTo(new RetryStep.Unknown());
  }

  private static RetryStep.Failure failure(@Nullable Duration retryAfter) {
    return new RetryStep.Failure(429, true, retryAfter, false);
  }

  private static RetryStep next(RetryStep.Failure failure, boolean repeatable) {
    return RetryStep.next(failure, repeatable, 1, 6, PLENTY, new Random(1));
  }

  private static String name(RetryStep step) {
    if (step instanceof RetryStep.Again) {
      return "AGAIN";
    }
    return step instanceof RetryStep.Unknown ? "UNKNOWN" : "GIVE_UP";
  }
}
