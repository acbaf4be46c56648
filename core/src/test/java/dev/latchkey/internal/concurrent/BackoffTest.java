package dev.latchkey.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.latchkey.error.AppMisconfigured;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.Throttled;
import dev.latchkey.fixture.FakeTime;
import dev.latchkey.internal.time.Jitter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How long a failed request is not repeated. */
class BackoffTest {

  private final FakeTime time = new FakeTime();
  private final Backoff backoff = new Backoff(time);

  @Test
  void nothingIsDelayedAtFirst() {
    assertThat(refusal("any")).isNull();
    assertThat(backoff.isActive("any")).isFalse();
  }

  @Test
  void pausesDoubleFromASecondToAMinute() {
    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Duration pause = left(backoff.failed("any", down(null)));
      pauses.add(pause);
      time.advance(pause);
    }

    assertThat(pauses)
        .extracting(Duration::toSeconds)
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
  }

  @Test
  void retryAfterIsObeyedInsteadOfThePause() {
    for (int i = 0; i < 6; i++) {
      var unused = backoff.failed("any", down(null));
    }

    LatchkeyException longer = backoff.failed("any", busy(Duration.ofMinutes(10)));
    LatchkeyException shorter = backoff.failed("any", busy(Duration.ofSeconds(3)));

    assertThat(left(longer)).isEqualTo(Duration.ofMinutes(10));
    assertThat(left(shorter)).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void chanceLetsNobodyBackBeforeRetryAfter() {
    Backoff spread = new Backoff(time, Jitter.of(new Random(1)));
    var unused = spread.failed("any", busy(Duration.ofSeconds(30)));

    time.advance(Duration.ofSeconds(30).minusMillis(1));
    boolean before = spread.isActive("any");
    time.advance(Duration.ofSeconds(30));

    assertThat(before).isTrue();
    assertThat(spread.isActive("any")).isFalse();
  }

  @Test
  void brokenConnectionIsTriedAgainWithinTwoMinutes() {
    Backoff spread = new Backoff(time, Jitter.of(new Random(1)));
    for (int i = 0; i < 8; i++) {
      var unused = spread.failed("any", unreachable());
    }

    assertThat(left(spread.failed("any", unreachable())))
        .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(120));
  }

  @Test
  void retryAfterOfZeroIsOneSecond() {
    LatchkeyException failure = backoff.failed("any", busy(Duration.ZERO));

    assertThat(left(failure)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void timeLeftCountsDown() {
    var unused = backoff.failed("any", busy(Duration.ofSeconds(60)));

    time.advance(Duration.ofSeconds(45));
    Throwable refusal = refusal("any");
    time.advance(Duration.ofSeconds(15));

    assertThat(left(refusal)).isEqualTo(Duration.ofSeconds(15));
    assertThat(refusal("any")).isNull();
  }

  @Test
  void sleepCountsAlthoughTheMonotonicClockStandsStill() {
    var unused = backoff.failed("any", busy(Duration.ofHours(1)));

    time.sleep(Duration.ofHours(1));

    assertThat(backoff.isActive("any")).isFalse();
  }

  @Test
  void wallClockSetBackDoesNotProlongThePause() {
    var unused = backoff.failed("any", busy(Duration.ofSeconds(60)));

    time.setWallClock(Duration.ofDays(-1));
    time.advance(Duration.ofSeconds(60));

    assertThat(backoff.isActive("any")).isFalse();
  }

  @Test
  void serverThatIsDownIsLeftAloneAltogether() {
    var unused = backoff.failed("these scopes", down(null));

    assertThat(refusal("other scopes")).isInstanceOf(ServiceUnavailable.class);
  }

  @Test
  void refusalOfOneRequestHoldsBackNoOther() {
    var unused = backoff.failed("these scopes", refused());

    assertThat(refusal("other scopes")).isNull();
    assertThat(refusal("these scopes")).isInstanceOf(AppMisconfigured.class);
  }

  @Test
  void whatConcernsOneTaskAloneHoldsBackNoOther() {
    backoff.failedAlone("early", down(null));

    assertThat(backoff.isActive("late")).isFalse();
    assertThat(backoff.isActive("early")).isTrue();
  }

  @Test
  void successEndsThePauseAndTheGrowth() {
    for (int i = 0; i < 6; i++) {
      var unused = backoff.failed("any", down(null));
    }

    backoff.succeeded("any");

    assertThat(backoff.isActive("any")).isFalse();
    assertThat(left(backoff.failed("any", down(null)))).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void failuresThatHaveLongBeenOverAreForgotten() {
    for (int i = 0; i < 1_000; i++) {
      backoff.failedAlone("claims with the time " + i, refused());
      time.advance(Duration.ofMinutes(1));
    }

    assertThat(backoff.size()).isLessThanOrEqualTo(12);
  }

  @Test
  void earlyRefreshThatTheServerDidNotFailLengthensNoPauseOfTheServer() {
    Backoff spread = new Backoff(time, Jitter.of(new Random(1)));
    var unused = spread.failed("any", unreachable());
    time.advance(Duration.ofMinutes(1));

    spread.failedEarly("early", refused(), Duration.ofMinutes(10));
    spread.failedEarly("early", unreachable(), Duration.ofMinutes(10));

    assertThat(left(spread.failed("any", unreachable())))
        .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @Test
  void longWishOfTheServerIsNotForgottenBeforeItIsOver() {
    var unused = backoff.failed("any", busy(Duration.ofHours(2)));
    time.advance(Duration.ofHours(1));

    backoff.failedAlone("other", refused());

    assertThat(backoff.isActive("any")).isTrue();
  }

  @Test
  void whatTheServerSaidIsKept() {
    LatchkeyException failure = busy(null);

    var unused = backoff.failed("any", failure);

    assertThat(refusal("any"))
        .isInstanceOf(Throttled.class)
        .hasMessage(failure.getMessage())
        .extracting(e -> ((Throttled) e).remedy())
        .isEqualTo(failure.remedy());
  }

  private @Nullable Throwable refusal(String what) {
    return catchThrowable(() -> backoff.check(what));
  }

  private static AppMisconfigured refused() {
    return new AppMisconfigured("no such scope", null, null, null);
  }

  private static ServiceUnavailable down(@Nullable Duration retryAfter) {
    return new ServiceUnavailable(retryAfter, "down", null, null, null);
  }

  private static ServiceUnavailable unreachable() {
    return new ServiceUnavailable(null, "unreachable", null, null, new IOException("refused"));
  }

  private static Throttled busy(@Nullable Duration retryAfter) {
    return new Throttled(retryAfter, "busy", null, "Wait.", null);
  }

  private static Duration left(@Nullable Throwable failure) {
    @Nullable Duration left =
        failure instanceof Throttled throttled
            ? throttled.retryAfter()
            : failure instanceof ServiceUnavailable unavailable ? unavailable.retryAfter() : null;
    if (left == null) {
      throw new AssertionError("no time is given", failure);
    }
    return left;
  }
}
