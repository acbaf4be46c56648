package dev.latchkey.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeyedLocksTest {

  private final KeyedLocks locks = new KeyedLocks();

  @Test
  void oneCallerAtATimeHoldsTheLockOfAKey() throws Exception {
    boolean first = locks.tryLock("a", Duration.ZERO);
    boolean second = locks.tryLock("a", Duration.ofMillis(1));
    boolean other = locks.tryLock("b", Duration.ZERO);

    assertThat(first).isTrue();
    assertThat(second).isFalse();
    assertThat(other).isTrue();
  }

  @Test
  void releasedLockCanBeTakenAgain() throws Exception {
    locks.tryLock("a", Duration.ZERO);

    locks.unlock("a");

    assertThat(locks.tryLock("a", Duration.ZERO)).isTrue();
  }

  @Test
  void nothingIsKeptForUnusedKeys() throws Exception {
    locks.tryLock("a", Duration.ZERO);
    locks.tryLock("a", Duration.ofMillis(1));
    locks.tryLock("b", Duration.ZERO);

    locks.unlock("a");
    locks.unlock("b");

    assertThat(locks.size()).isZero();
  }

  @Test
  void interruptEndsTheWaitAndLeavesNothingBehind() throws Exception {
    locks.tryLock("a", Duration.ZERO);
    Thread.currentThread().interrupt();

    assertThat(catchThrowable(() -> locks.tryLock("a", Duration.ofDays(400 * 366))))
        .isInstanceOf(InterruptedException.class);

    locks.unlock("a");
    assertThat(locks.size()).isZero();
  }
}
