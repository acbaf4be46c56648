package dev.latchkey.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.fixture.Crowd;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lock that is waited for without a thread. */
@Timeout(60)
class TurnsTest {

  private static final Duration LONG = Duration.ofHours(1);

  private final Turns turns = new Turns();

  @Test
  void freeLockIsThereAtOnce() {
    assertThat(turns.take(Duration.ZERO)).isCompletedWithValue(true);
    assertThat(turns.take(Duration.ZERO)).isCompletedWithValue(false);
  }

  @Test
  void whoWaitsLongestHasItNext() {
    CompletableFuture<Boolean> first = turns.take(LONG);
    CompletableFuture<Boolean> second = turns.take(LONG);
    CompletableFuture<Boolean> third = turns.take(LONG);

    turns.release();
    boolean thirdToo = third.isDone();
    turns.release();

    assertThat(first).isCompletedWithValue(true);
    assertThat(second).isCompletedWithValue(true);
    assertThat(thirdToo).isFalse();
    assertThat(third).isCompletedWithValue(true);
  }

  @Test
  void whoGaveUpIsPassedOver() {
    CompletableFuture<Boolean> first = turns.take(LONG);
    CompletableFuture<Boolean> hasty = turns.take(Duration.ofNanos(1));
    CompletableFuture<Boolean> patient = turns.take(LONG);

    boolean got = hasty.join();
    turns.release();

    assertThat(first.join()).isTrue();
    assertThat(got).isFalse();
    assertThat(patient).isCompletedWithValue(true);
  }

  @Test
  void lockIsFreeAgainWhenNobodyWaits() {
    CompletableFuture<Boolean> first = turns.take(LONG);

    turns.release();

    assertThat(first.join()).isTrue();
    assertThat(turns.take(Duration.ZERO).join()).isTrue();
  }

  @Test
  void interruptedThreadDoesNotHaveTheLock() throws Exception {
    boolean taken = turns.takeBlocking(Duration.ZERO);
    CompletableFuture<String> ended = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                ended.complete("got it: " + turns.takeBlocking(LONG));
              } catch (InterruptedException e) {
                ended.complete("interrupted");
              }
            });
    thread.start();
    thread.interrupt();
    String end = ended.join();
    turns.release();

    assertThat(taken).isTrue();
    assertThat(end).isEqualTo("interrupted");
    assertThat(turns.takeBlocking(Duration.ZERO)).isTrue();
    assertThat(turns.takeBlocking(Duration.ofNanos(1))).isFalse();
  }

  /** Some block, some do not, some give up at once; never do two have it. */
  @RepeatedTest(3)
  void neverDoTwoHaveIt() {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Crowd crowd = new Crowd();
    crowd.add(8, () -> wander(inside, most));

    crowd.go();

    assertThat(most).hasValue(1);
    assertThat(turns.take(Duration.ZERO)).isCompletedWithValue(true);
  }

  private int wander(AtomicInteger inside, AtomicInteger most) throws InterruptedException {
    int had = 0;
    for (int i = 0; i < 2_000; i++) {
      Duration patience = i % 3 == 0 ? Duration.ofNanos(i) : LONG;
      boolean mine = i % 2 == 0 ? turns.take(patience).join() : turns.takeBlocking(patience);
      if (mine) {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        inside.decrementAndGet();
        turns.release();
        had++;
      }
    }
    return had;
  }
}
