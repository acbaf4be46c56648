package dev.latchkey.testkit.internal.graph.call;

import dev.latchkey.testkit.internal.http.Request;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers the next requests with 429, in a batch or not. Thread-safe. */
public final class Throttle {

  private int left;
  private @Nullable String retryAfter;
  private Pattern path = Pattern.compile("");

  /**
   * Throttles the next requests.
   *
   * @param requests how many
   * @param after the {@code Retry-After} header as it is sent, valid or not; null sends none
   * @param pathRegex must match somewhere in the path
   */
  public synchronized void next(int requests, @Nullable String after, String pathRegex) {
    left = requests;
    retryAfter = after;
    path = Pattern.compile(pathRegex);
  }

  public synchronized void check(Request request) {
    if (left == 0 || !path.matcher(request.captured()).find()) {
      return;
    }
    left--;
    GraphFailure failure =
        GraphFailure.of(
            429, "TooManyRequests", "Please retry again later.", "activityLimitReached");
    throw retryAfter == null ? failure : failure.with("Retry-After", List.of(retryAfter));
  }
}
