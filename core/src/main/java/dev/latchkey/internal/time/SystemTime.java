package dev.latchkey.internal.time;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

enum SystemTime implements Time {
  INSTANCE;

  private static final Jitter JITTER = Jitter.ofThisProcess();

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public long wallMillis() {
    return System.currentTimeMillis();
  }

  @Override
  public CompletableFuture<Void> after(Duration delay) {
    // completeOnTimeout, unlike delayedExecutor, removes its task from the timer when cancelled.
    return new CompletableFuture<Void>()
        .completeOnTimeout(null, Math.max(0, delay.toNanos()), NANOSECONDS);
  }

  @Override
  public Jitter jitter() {
    return JITTER;
  }
}
