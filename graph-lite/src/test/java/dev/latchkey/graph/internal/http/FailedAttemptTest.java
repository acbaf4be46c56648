package dev.latchkey.graph.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.graph.error.GraphError;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.internal.time.Jitter;
import dev.latchkey.internal.time.Time;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailedAttemptTest {

  private static final Duration PLENTY = Duration.ofHours(1);
  private static final RetryPolicy PATIENT = RetryPolicy.of(99, PLENTY);

  @ParameterizedTest
  @CsvSource({
    // status, Retry-After sent, what happens to a repeatable request, and to another
    "429, false, AGAIN, AGAIN",
    "429, true, AGAIN, AGAIN",
    "509, false, AGAIN, AGAIN",
    "503, true, AGAIN, AGAIN",
    "503, false, AGAIN, GIVE_UP",
    "500, false, AGAIN, UNKNOWN",
    "502, false, AGAIN, UNKNOWN",
    "504, false, AGAIN, UNKNOWN",
    "504, true, AGAIN, UNKNOWN",
    "408, false, AGAIN, UNKNOWN",
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
    FailedAttempt failure =
        status == 0 ? unanswered(false) : refused(status, sent ? "after lunch" : null);

    assertThat(step(failure, true)).isEqualTo(repeatable);
    assertThat(step(failure, false)).isEqualTo(once);
  }

  @Test
  void anyRequestThatNeverLeftIsSentAgain() {
    assertThat(step(unanswered(true), false)).isEqualTo("AGAIN");
  }

  @Test
  void retryAfterIsObeyedInFullWithinTheDeadline() {
    FailedAttempt failure = refused(429, "315");

    assertThat(pause(failure, true, 1, policy(Duration.ofSeconds(315))))
        .isEqualTo(Duration.ofSeconds(315));
    assertThat(pause(failure, true, 1, policy(Duration.ofSeconds(314)))).isNull();
  }

  @Test
  void programsThatWereToldTheSameRetryAfterComeBackAtDifferentTimesAndNoneTooEarly() {
    assertThat(pausesOf(90, "100", PLENTY))
        .allSatisfy(
            pause -> assertThat(pause).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(160)))
        .anySatisfy(pause -> assertThat(pause).isGreaterThan(Duration.ofSeconds(130)))
        .doesNotHaveDuplicates();
    assertThat(pausesOf(90, "2", PLENTY))
        .allSatisfy(
            pause -> assertThat(pause).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4)));
  }

  @Test
  void chanceTakesAnEighthAtMostOfTheTimeThatRetryAfterLeaves() {
    assertThat(pausesOf(90, "100", Duration.ofSeconds(108)))
        .allSatisfy(
            pause -> assertThat(pause).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(101)))
        .anySatisfy(pause -> assertThat(pause).isGreaterThan(Duration.ofMillis(100_500)));
    assertThat(pausesOf(9, "100", Duration.ofSeconds(100))).containsOnly(Duration.ofSeconds(100));
  }

  private static List<Duration> pausesOf(int programs, String retryAfter, Duration limit) {
    Random random = new Random(1);
    Jitter jitter = Jitter.of(random);
    FailedAttempt busy = refused(429, retryAfter);
    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < programs; i++) {
      Duration pause = busy.pause(policy(limit), true, 1, Duration.ZERO, jitter, random);
      pauses.add(Objects.requireNonNull(pause));
    }
    return pauses;
  }

  @Test
  void invalidRetryAfterAndZeroCountAsNone() {
    for (String said : new String[] {"0", "after lunch"}) {
      assertThat(pause(refused(429, said), true, 1, PATIENT))
          .isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }
  }

  @Test
  void pausesDoubleUpToThirtySeconds() {
    for (int attempt = 1; attempt <= 40; attempt++) {
      long max = Math.min(30, 1L << Math.min(attempt - 1, 30));

      assertThat(pause(refused(429, null), true, attempt, PATIENT))
          .isBetween(Duration.ofMillis(max * 500), Duration.ofSeconds(max));
    }
  }

  @Test
  void attemptsAreCounted() {
    assertThat(pause(refused(429, null), true, 6, policy(PLENTY))).isNull();
    assertThat(pause(unanswered(false), true, 6, policy(PLENTY))).isNull();
    assertThat(unanswered(false).exception(call(false), null)).isInstanceOf(OutcomeUnknown.class);
  }

  private static RetryPolicy policy(Duration deadline) {
    return RetryPolicy.of(6, deadline);
  }

  private static @Nullable Duration pause(
      FailedAttempt failure, boolean repeatable, int attempt, RetryPolicy policy) {
    Random random = new Random(attempt);
    return failure.pause(policy, repeatable, attempt, Duration.ZERO, Jitter.of(random), random);
  }

  private static FailedAttempt unanswered(boolean neverLeft) {
    return FailedAttempt.unanswered(GraphError.noAnswer(null), new IOException("cut"), neverLeft);
  }

  private static FailedAttempt refused(int status, @Nullable String retryAfter) {
    Map<String, List<String>> headers =
        retryAfter == null ? Map.of() : Map.of("Retry-After", List.of(retryAfter));
    return FailedAttempt.refused(
        new GraphError(status, null, null, null, null, null),
        HttpHeaders.of(headers, (name, value) -> true),
        Time.system());
  }

  private static GraphCall call(boolean repeatable) {
    return GraphCall.get("do it", URI.create("https://localhost/")).repeatable(repeatable);
  }

  private static String step(FailedAttempt failure, boolean repeatable) {
    if (pause(failure, repeatable, 1, policy(PLENTY)) != null) {
      return "AGAIN";
    }
    return failure.exception(call(repeatable), null) instanceof OutcomeUnknown
        ? "UNKNOWN"
        : "GIVE_UP";
  }
}
