package dev.latchkey.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.fixture.FakeTime;
import dev.latchkey.fixture.WatchedWorkers;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** One chain of attempts, whatever happens. */
class RetryLoopTest {

  private final FakeTime time = new FakeTime();
  private final AtomicInteger tries = new AtomicInteger();

  @Test
  void startedTwiceItRunsOnce() {
    RetryLoop loop = new RetryLoop(time, Runnable::run, () -> tries.incrementAndGet() == 3);
    loop.start();
    loop.start();

    for (int i = 0; i < 4; i++) {
      time.finishNextWait();
    }

    // the second start may have been for something that the third attempt did not see
    assertThat(time.waitsInSeconds()).containsExactly(1L, 2L, 4L, 1L, 2L);
  }

  @Test
  void endsWithASuccessAndCanBeStartedAgain() {
    RetryLoop loop = new RetryLoop(time, Runnable::run, () -> tries.incrementAndGet() != 1);
    loop.start();
    time.finishNextWait();
    time.finishNextWait();
    int pending = time.pending();

    loop.start();
    time.finishNextWait();

    assertThat(pending).isZero();
    assertThat(time.waitsInSeconds()).containsExactly(1L, 2L, 1L);
    assertThat(time.pending()).isZero();
  }

  @Test
  void goesOnAfterAnExceptionAndAfterARejectedTask() {
    WatchedWorkers shut = new WatchedWorkers();
    shut.shutDown();
    RetryLoop broken =
        new RetryLoop(
            time,
            Runnable::run,
            () -> {
              throw new IllegalStateException("try " + tries.incrementAndGet());
            });
    RetryLoop rejected = new RetryLoop(time, shut, () -> true);
    broken.start();
    rejected.start();

    time.finishNextWait();
    time.finishNextWait();

    assertThat(tries).hasValue(2);
    assertThat(time.waitsInSeconds()).containsExactly(1L, 1L, 2L, 2L, 4L, 4L);
  }
}
