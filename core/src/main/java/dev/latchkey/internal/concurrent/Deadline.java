package dev.latchkey.internal.concurrent;

import dev.latchkey.internal.time.Time;
import java.time.Duration;

/** When somebody's patience ends, for several waits one after another. By the monotonic clock. */
public record Deadline(Time time, long atNanos) {

  public static Deadline in(Duration patience, Time time) {
    return new Deadline(time, time.nanos() + patience.toNanos());
  }

  /** What is left; zero once it is over. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, atNanos - time.nanos()));
  }
}
