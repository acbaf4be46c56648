package dev.latchkey.testkit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** The requests that came, oldest first; of very many, the latest. Thread-safe. */
final class RequestLog {

  private static final int CAPACITY = 100_000;

  private final Deque<RecordedRequest> requests = new ArrayDeque<>();

  synchronized void add(RecordedRequest request) {
    if (requests.size() == CAPACITY) {
      requests.removeFirst();
    }
    requests.add(request);
    notifyAll();
  }

  synchronized List<RecordedRequest> all() {
    return List.copyOf(requests);
  }

  synchronized List<RecordedRequest> matching(Predicate<RecordedRequest> wanted) {
    return requests.stream().filter(wanted).toList();
  }

  synchronized void clear() {
    requests.clear();
  }

  /** Blocks until so many have come; says whether they did in time. */
  synchronized boolean await(Predicate<RecordedRequest> wanted, int count, Duration timeout)
      throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (requests.stream().filter(wanted).count() < count) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      // One more millisecond, as wait(0) would be for ever.
      wait(left / 1_000_000 + 1);
    }
    return true;
  }
}
