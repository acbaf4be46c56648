package dev.latchkey.testkit.internal.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** The server's clock: the machine's, plus what a test has advanced it by. Thread-safe. */
public final class MovableClock implements InstantSource {

  private final AtomicLong aheadNanos = new AtomicLong();

  @Override
  public Instant instant() {
    return Instant.now().plusNanos(aheadNanos.get());
  }

  /** For durations: setting the machine's clock does not disturb it. */
  public long nanoTime() {
    return machineNanoTime() + aheadNanos.get();
  }

  /** For waits in real time, which no test advances. */
  static long machineNanoTime() {
    return System.nanoTime();
  }

  public void advance(Duration by) {
    aheadNanos.addAndGet(by.toNanos());
  }
}
