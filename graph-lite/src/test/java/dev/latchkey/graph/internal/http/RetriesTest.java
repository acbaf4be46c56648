package dev.latchkey.graph.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.graph.error.Conflict;
import dev.latchkey.graph.error.GraphError;
import dev.latchkey.graph.error.GraphThrottled;
import dev.latchkey.graph.fixture.QuickTime;
import dev.latchkey.internal.time.Jitter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetriesTest {

  private static final GraphError ERROR = GraphError.noAnswer(null);
  private static final RetryPolicy POLICY = RetryPolicy.of(4, Duration.ofSeconds(2));

  private final QuickTime time = new QuickTime();

  @Test
  void lastFailureIsThrown() {
    Retries retries = new Retries(RetryPolicy.of(2, Duration.ofMinutes(1)), time);
    retries.afterFailure(throttled(null));

    assertThat(retries.isLastAttempt()).isTrue();
    GraphThrottled last = throttled(null);
    assertThatThrownBy(() -> retries.afterFailure(last)).isSameAs(last);
    assertThat(time.waits()).hasSize(1);
  }

  @Test
  void progressForgetsTheFailures() {
    Retries retries = new Retries(RetryPolicy.of(2, Duration.ofMinutes(1)), time);

    for (int i = 0; i < 10; i++) {
      retries.afterFailure(throttled(null));
      retries.reset();
    }

    assertThat(time.waits())
        .hasSize(10)
        .allMatch(wait -> wait.compareTo(Duration.ofSeconds(1)) <= 0);
  }

  @Test
  void deadlineLimitsTheDelaysOfARequestButNotThoseOfATransfer() {
    Retries request = new Retries(POLICY, time);
    Retries transfer = new Retries(POLICY.forTransfer(), time);

    assertThatThrownBy(() -> failThrice(request)).isInstanceOf(GraphThrottled.class);
    failThrice(transfer);
  }

  @Test
  void deadlineLimitsARetryAfterOfATransferToo() {
    Retries transfer = new Retries(POLICY.forTransfer(), time);

    transfer.afterFailure(throttled(Duration.ofSeconds(2)));

    assertThat(time.waits()).containsExactly(Duration.ofSeconds(2));
    assertThatThrownBy(() -> transfer.afterFailure(throttled(Duration.ofSeconds(2))))
        .isInstanceOf(GraphThrottled.class);
  }

  @Test
  void transferIsKeptWaitingALittleLongerThanGraphAsks() {
    QuickTime random = new QuickTime(Jitter.of(() -> -1));
    Retries transfer = new Retries(RetryPolicy.of(4, Duration.ofMinutes(5)).forTransfer(), random);

    transfer.afterFailure(throttled(Duration.ofSeconds(2)));

    assertThat(random.waits()).containsExactly(Duration.ofMillis(3_999));
  }

  @Test
  void firstRefusalIsFollowedAtOnceAndTheNextAfterAPause() {
    Retries retries = new Retries(RetryPolicy.of(3, Duration.ofMinutes(1)), time);
    Conflict refusal = new Conflict("refused", ERROR, null);

    retries.afterRefusal(refusal);
    assertThat(time.waits()).isEmpty();
    retries.afterRefusal(refusal);
    assertThat(time.waits()).hasSize(1);
    assertThatThrownBy(() -> retries.afterRefusal(refusal)).isSameAs(refusal);
  }

  private static void failThrice(Retries retries) {
    for (int i = 0; i < 3; i++) {
      retries.afterFailure(throttled(null));
    }
  }

  private static GraphThrottled throttled(@Nullable Duration retryAfter) {
    return new GraphThrottled("throttled", retryAfter, ERROR, null);
  }
}
