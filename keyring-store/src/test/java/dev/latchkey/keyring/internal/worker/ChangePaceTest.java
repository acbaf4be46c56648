package dev.latchkey.keyring.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** When changes wait for a keyring that saves a moment after them. */
class ChangePaceTest {

  private final List<Duration> waits = new ArrayList<>();
  private final SteppedTime time = new SteppedTime();
  private final ChangePace pace = new ChangePace(time);

  @Test
  void changesInQuickSuccessionDoNotWait() {
    for (int change = 0; change < 5; change++) {
      pace.await();
      time.pass(Duration.ofMillis(20));
    }

    assertThat(waits).isEmpty();
  }

  @Test
  void laterChangeWaitsUntilTheKeyringHasSaved() {
    pace.await();
    time.pass(Duration.ofMillis(300));
    pace.await();
    time.pass(Duration.ofMillis(50));
    pace.await();

    assertThat(waits).containsExactly(Duration.ofMillis(1_700));
  }

  @Test
  void changeAfterALongTimeBeginsANewSuccession() {
    pace.await();
    time.pass(Duration.ofSeconds(2));
    pace.await();
    time.pass(Duration.ofMillis(100));
    pace.await();

    assertThat(waits).isEmpty();
  }

  /** Waits move it on, and are noted. */
  private final class SteppedTime implements Time {
    private long now = 1;

    void pass(Duration duration) {
      now += duration.toNanos();
    }

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public long wallMillis() {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Void> after(Duration delay) {
      waits.add(delay);
      pass(delay);
      return CompletableFuture.completedFuture(null);
    }
  }
}
