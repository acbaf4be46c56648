package dev.latchkey.graph;

import dev.latchkey.internal.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Time in which every wait is over at once, and is remembered. */
final class QuickTime implements Time {

  private final List<Duration> waits = new ArrayList<>();
  private long nanos = Long.MAX_VALUE - 1_000;

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized long wallMillis() {
    return 1_780_000_000_000L;
  }

  @Override
  public synchronized CompletableFuture<Void> after(Duration delay) {
    waits.add(delay);
    nanos += delay.toNanos();
    return CompletableFuture.completedFuture(null);
  }

  /** Every wait so far, in order. */
  synchronized List<Duration> waits() {
    return List.copyOf(waits);
  }
}
