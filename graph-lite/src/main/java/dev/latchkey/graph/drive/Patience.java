package dev.latchkey.graph.drive;

import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.GraphUnavailable;
import dev.latchkey.graph.http.GraphHttp;
import java.time.Duration;

/** How often a transfer may fail in a row before it ends. */
final class Patience {

  private final GraphHttp http;
  private int failures;

  Patience(GraphHttp http) {
    this.http = http;
  }

  /** Whether the next failure is the last that is borne. */
  boolean isAtItsEnd() {
    return failures + 1 >= http.settings().attempts();
  }

  /** It got further. */
  void restore() {
    failures = 0;
  }

  /**
   * Counts a failure, and waits before the next try.
   *
   * @throws GraphException the failure, if it was the last
   */
  void afterFailure(GraphException failure) {
    count(failure);
    Duration asked = failure instanceof GraphUnavailable down ? down.retryAfter() : null;
    if (asked == null) {
      http.backOff(failures);
    } else if (asked.compareTo(http.settings().deadline()) > 0) {
      throw failure;
    } else {
      http.pause(asked);
    }
  }

  /** Counts a failure after which there is nothing to wait for. */
  void count(GraphException failure) {
    failures++;
    if (failures >= http.settings().attempts()) {
      throw failure;
    }
  }
}
