package dev.latchkey;

import dev.latchkey.time.Time;
import java.time.Duration;

/** When somebody's patience ends, for several waits one after another. By the monotonic clock. */
record Deadline(Time time, long atNanos) {

  static Deadline in(Duration patience, Time time) {
    return new Deadline(time, time.nanos() + patience.toNanos());
  }

  /** What is left; zero once it is over. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, atNanos - time.nanos()));
  }
}
