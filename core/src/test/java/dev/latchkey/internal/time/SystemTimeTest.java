package dev.latchkey.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The machine's own clocks and timer. */
class SystemTimeTest {

  private final Time time = Time.system();

  @Test
  void waitLastsItsWholeDelay() {
    long start = System.nanoTime();

    time.after(Duration.ofMillis(30)).join();

    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(30));
  }

  @Test
  void programsOfOneMomentGoOnApart() {
    long different =
        Stream.generate(() -> time.jitter().earlier(Duration.ofMinutes(5)))
            .limit(100)
            .distinct()
            .count();

    assertThat(different).isGreaterThan(50);
  }

  @Test
  void waitThatIsOverAlreadyEndsAtOnce() {
    CompletableFuture<Void> past = time.after(Duration.ofDays(-1));

    assertThat(past).succeedsWithin(Duration.ofSeconds(20));
  }

  @Test
  void cancelledWaitDoesNotEndByItself() throws InterruptedException {
    CompletableFuture<Void> cancelled = time.after(Duration.ofMillis(1));
    boolean inTime = cancelled.cancel(false);

    time.after(Duration.ofMillis(20)).join();

    assertThat(cancelled.isCancelled()).isEqualTo(inTime);
  }

  /** A client that polls for hours must not accumulate the timers of its exchanges. */
  @Test
  void cancelledWaitIsNotKeptUntilItsTime() throws InterruptedException {
    List<WeakReference<CompletableFuture<Void>>> waits = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      CompletableFuture<Void> wait = time.after(Duration.ofHours(1));
      waits.add(new WeakReference<>(wait));
      wait.cancel(false);
    }

    assertThat(goneWithin20Seconds(waits)).isTrue();
  }

  private static boolean goneWithin20Seconds(List<? extends WeakReference<?>> references)
      throws InterruptedException {
    for (int i = 0; i < 200; i++) {
      System.gc();
      if (references.stream().allMatch(reference -> reference.refersTo(null))) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return false;
  }
}
