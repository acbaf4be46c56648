package dev.latchkey.graph.error;

import dev.latchkey.internal.http.TransportFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Graph is down or unreachable, and retries within the deadline did not help (HTTP 503, no
 * connection; for requests that are harmless to repeat, any 5xx without a type of its own). The
 * request was not carried out or is harmless to repeat. Next: try later.
 *
 * @see GraphException
 */
public final class GraphUnavailable extends GraphException {

  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param retryAfter how long Graph asked to wait, or null
   * @param error the details of the response
   * @param cause the exception that was caught, or null
   */
  public GraphUnavailable(
      String message, @Nullable Duration retryAfter, GraphError error, @Nullable Throwable cause) {
    super(message, error, cause);
    this.retryAfter = retryAfter;
  }

  /**
   * How long to wait before the next call, counted from when this was thrown.
   *
   * @return the time, above zero; null if Graph did not say
   */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /**
   * Says what would help if no response came, in one English sentence for the person who can do it:
   * a proxy that wants a password, a certificate that is not trusted, a wrong clock and so on.
   *
   * @return the sentence; null if Graph responded, or no remedy is known
   */
  public @Nullable String remedy() {
    return getCause() instanceof TransportFailure unanswered ? unanswered.remedy() : null;
  }
}
