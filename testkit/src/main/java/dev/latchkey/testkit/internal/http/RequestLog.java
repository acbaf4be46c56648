package dev.latchkey.testkit.internal.http;

import dev.latchkey.testkit.RecordedRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** The latest requests, oldest first. Thread-safe. */
public final class RequestLog {

  private static final int CAPACITY = 100_000;

  private final Deque<RecordedRequest> requests = new ArrayDeque<>();

  synchronized void add(RecordedRequest request) {
    if (requests.size() == CAPACITY) {
      requests.removeFirst();
    }
    requests.add(request);
    notifyAll();
  }

  public synchronized List<RecordedRequest> matching(Predicate<RecordedRequest> wanted) {
    return requests.stream().filter(wanted).toList();
  }

  public synchronized void clear() {
    requests.clear();
  }

  /** Blocks until this many requests match; returns false if the timeout passes first. */
  public synchronized boolean await(Predicate<RecordedRequest> wanted, int count, Duration timeout)
      throws InterruptedException {
    long deadline = MovableClock.machineNanoTime() + timeout.toNanos();
    while (requests.stream().filter(wanted).count() < count) {
      long left = deadline - MovableClock.machineNanoTime();
      if (left <= 0) {
        return false;
      }
      // One more millisecond, because wait(0) would wait for ever.
      wait(left / 1_000_000 + 1);
    }
    return true;
  }
}
