package dev.latchkey.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.fixture.Crowd;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lock that is waited for without a thread. */
@Timeout(60)
class AsyncLockTest {

  private static final Duration LONG = Duration.ofHours(1);

  private final AsyncLock turns = new AsyncLock();

  private CompletableFuture<Boolean> take(Duration timeout) {
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    turns.take(mine, timeout);
    return mine;
  }

  @Test
  void freeLockIsThereAtOnce() {
    assertThat(take(Duration.ZERO)).isCompletedWithValue(true);
    assertThat(take(Duration.ZERO)).isCompletedWithValue(false);
  }

  @Test
  void whoWaitsLongestHasItNext() {
    CompletableFuture<Boolean> first = take(LONG);
    CompletableFuture<Boolean> second = take(LONG);
    CompletableFuture<Boolean> third = take(LONG);

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
    CompletableFuture<Boolean> first = take(LONG);
    CompletableFuture<Boolean> hasty = take(Duration.ofNanos(1));
    CompletableFuture<Boolean> patient = take(LONG);

    boolean got = hasty.join();
    turns.release();

    assertThat(first.join()).isTrue();
    assertThat(got).isFalse();
    assertThat(patient).isCompletedWithValue(true);
  }

  @Test
  void lockIsFreeAgainWhenNobodyWaits() {
    CompletableFuture<Boolean> first = take(LONG);

    turns.release();

    assertThat(first.join()).isTrue();
    assertThat(take(Duration.ZERO).join()).isTrue();
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

  /** As it is where the JDK's timer cannot have its thread. */
  @Test
  void whoCannotWaitDoesNotHaveTheLockLater() {
    CompletableFuture<Boolean> first = take(LONG);
    CompletableFuture<Boolean> mine =
        new CompletableFuture<>() {
          @Override
          public CompletableFuture<Boolean> completeOnTimeout(
              Boolean value, long timeout, TimeUnit unit) {
            throw new OutOfMemoryError("unable to create native thread");
          }
        };

    assertThatThrownBy(() -> turns.take(mine, LONG)).isInstanceOf(OutOfMemoryError.class);
    turns.release();

    assertThat(first).isCompletedWithValue(true);
    assertThat(mine).isCompletedWithValue(false);
    assertThat(take(Duration.ZERO)).isCompletedWithValue(true);
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
    assertThat(take(Duration.ZERO)).isCompletedWithValue(true);
  }

  private int wander(AtomicInteger inside, AtomicInteger most) throws InterruptedException {
    int had = 0;
    for (int i = 0; i < 200; i++) {
      Duration patience = i % 3 == 0 ? Duration.ofNanos(i) : LONG;
      boolean mine = i % 2 == 0 ? take(patience).join() : turns.takeBlocking(patience);
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
