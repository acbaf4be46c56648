package dev.latchkey.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The doubling of delays, and its end. */
class ExponentialDelayTest {

  private final ExponentialDelay delay =
      new ExponentialDelay(Duration.ofSeconds(1), Duration.ofSeconds(5));

  @Test
  void eachDelayIsTwiceTheOneBeforeUpToTheMaximum() {
    Duration first = delay.after(null);
    Duration second = delay.after(first);
    Duration third = delay.after(second);
    Duration fourth = delay.after(third);

    assertThat(first).hasSeconds(1);
    assertThat(second).hasSeconds(2);
    assertThat(third).hasSeconds(4);
    assertThat(fourth).hasSeconds(5);
    assertThat(delay.after(fourth)).hasSeconds(5);
  }

  @Test
  void attemptsCountFromOne() {
    assertThat(delay.afterAttempt(1)).hasSeconds(1);
    assertThat(delay.afterAttempt(3)).hasSeconds(4);
    assertThat(delay.afterAttempt(4)).hasSeconds(5);
    assertThat(delay.afterAttempt(Integer.MAX_VALUE)).hasSeconds(5);
  }
}
