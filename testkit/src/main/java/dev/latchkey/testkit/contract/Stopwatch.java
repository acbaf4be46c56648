package dev.latchkey.testkit.contract;

import java.time.Duration;

/** Measures real time, by the monotonic clock. */
final class Stopwatch {

  private final long started = System.nanoTime();

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - started);
  }
}
