package dev.latchkey.testkit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults that wait for their request. Thread-safe. */
final class Faults {

  private static final class Waiting {
    final Fault fault;
    int seen;
    int left;

    Waiting(Fault fault) {
      this.fault = fault;
      this.left = fault.times();
    }
  }

  private final List<Waiting> waiting = new ArrayList<>();

  synchronized void add(Fault fault) {
    waiting.add(new Waiting(fault));
  }

  synchronized void clear() {
    waiting.clear();
  }

  /**
   * The fault that befalls this request. Every fault counts every request that concerns it; of
   * several that are due the one added first takes the request, and the others wait for the next.
   */
  synchronized @Nullable Fault next(RecordedRequest request) {
    Waiting due = null;
    for (Waiting each : waiting) {
      if (each.fault.concerns(request)) {
        each.seen++;
        if (due == null && each.seen >= each.fault.first()) {
          due = each;
        }
      }
    }
    if (due == null) {
      return null;
    }
    if (due.left != Fault.ALWAYS && --due.left == 0) {
      waiting.remove(due);
    }
    return due.fault;
  }
}
