package dev.latchkey.internal.concurrent;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.latchkey.internal.time.Time;
import java.time.Duration;

/** The common end of several waits, one after another. By the monotonic clock. */
public record Deadline(Time time, long atNanos) {

  public static Deadline in(Duration timeout, Time time) {
    return new Deadline(time, time.nanos() + NANOSECONDS.convert(timeout));
  }

  /** The time that is left; zero after the deadline. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, atNanos - time.nanos()));
  }
}
