package dev.latchkey.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeyedLocksTest {

  private final KeyedLocks turns = new KeyedLocks();

  @Test
  void oneAtATimeHasTheTurnOfAKey() throws Exception {
    boolean first = turns.take("a", Duration.ZERO);
    boolean second = turns.take("a", Duration.ofMillis(1));
    boolean other = turns.take("b", Duration.ZERO);

    assertThat(first).isTrue();
    assertThat(second).isFalse();
    assertThat(other).isTrue();
  }

  @Test
  void theTurnCanBeTakenAgainOnceItWasGivenBack() throws Exception {
    turns.take("a", Duration.ZERO);

    turns.giveBack("a");

    assertThat(turns.take("a", Duration.ZERO)).isTrue();
  }

  @Test
  void nothingIsKeptForKeysThatNobodyWants() throws Exception {
    turns.take("a", Duration.ZERO);
    turns.take("a", Duration.ofMillis(1));
    turns.take("b", Duration.ZERO);

    turns.giveBack("a");
    turns.giveBack("b");

    assertThat(turns.size()).isZero();
  }

  @Test
  void anInterruptEndsTheWaitAndLeavesNothingBehind() throws Exception {
    turns.take("a", Duration.ZERO);
    Thread.currentThread().interrupt();

    assertThat(catchThrowable(() -> turns.take("a", Duration.ofDays(400 * 366))))
        .isInstanceOf(InterruptedException.class);

    turns.giveBack("a");
    assertThat(turns.size()).isZero();
  }
}
