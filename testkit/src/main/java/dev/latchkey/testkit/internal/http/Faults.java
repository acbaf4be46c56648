package dev.latchkey.testkit.internal.http;

import dev.latchkey.testkit.RecordedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The faults that wait for their requests. Thread-safe. */
public final class Faults {

  private static final class Waiting {
    final FaultAction action;
    final Predicate<RecordedRequest> target;
    int skip;
    int left;

    Waiting(FaultAction action, Predicate<RecordedRequest> target, int first, int times) {
      this.action = action;
      this.target = target;
      this.skip = first;
      this.left = times;
    }
  }

  private final List<Waiting> waiting = new ArrayList<>();

  /**
   * Adds a fault.
   *
   * @param first the first request it applies to, among those that match; 1 is the next one
   * @param times how many requests it applies to
   */
  public synchronized void add(
      FaultAction action, Predicate<RecordedRequest> target, int first, int times) {
    waiting.add(new Waiting(action, target, first, times));
  }

  public synchronized void clear() {
    waiting.clear();
  }

  /**
   * The fault that applies to this request. Each fault counts each request that matches it. If
   * several are due, the one added first takes the request and the others wait for the next.
   */
  synchronized @Nullable FaultAction next(RecordedRequest request) {
    Waiting due = null;
    for (Waiting each : waiting) {
      if (each.target.test(request)) {
        each.skip = Math.max(0, each.skip - 1);
        if (due == null && each.skip == 0) {
          due = each;
        }
      }
    }
    if (due == null) {
      return null;
    }
    if (--due.left == 0) {
      waiting.remove(due);
    }
    return due.action;
  }
}
