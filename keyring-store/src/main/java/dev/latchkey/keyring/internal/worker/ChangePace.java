package dev.latchkey.keyring.internal.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.latchkey.internal.time.Time;
import java.time.Duration;

/**
 * Keeps changes away from the moment at which KeePassXC saves. It begins 150 ms after a change and
 * usually takes a second, beside its other work, and 2.7.4 crashes if an entry changes meanwhile.
 * So changes are made in quick succession, or after a pause.
 */
final class ChangePace {

  private static final Duration TOGETHER = Duration.ofMillis(100);
  private static final Duration SAVED = Duration.ofSeconds(2);

  private final Time time;

  /** When the first of the present succession was made; 0 before any. */
  @GuardedBy("this")
  private long first;

  ChangePace(Time time) {
    this.time = time;
  }

  /** Waits until a change does no harm. */
  void await() {
    Duration pause = pause();
    while (!pause.isZero()) {
      time.after(pause).join();
      pause = pause();
    }
  }

  private synchronized Duration pause() {
    long now = time.nanos();
    Duration since = Duration.ofNanos(now - first);
    if (first == 0 || since.compareTo(SAVED) >= 0) {
      first = now;
      return Duration.ZERO;
    }
    return since.compareTo(TOGETHER) <= 0 ? Duration.ZERO : SAVED.minus(since);
  }
}
