package dev.latchkey.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** The server's time: the machine's, plus as much as a test has moved it on. */
final class ServerClock implements InstantSource {

  private final AtomicLong aheadNanos = new AtomicLong();

  @Override
  public Instant instant() {
    return Instant.now().plusNanos(aheadNanos.get());
  }

  /** For measuring how long: not disturbed when somebody sets the machine's clock. */
  long nanoTime() {
    return System.nanoTime() + aheadNanos.get();
  }

  void advance(Duration by) {
    aheadNanos.addAndGet(by.toNanos());
  }
}
