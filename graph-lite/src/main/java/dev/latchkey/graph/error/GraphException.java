package dev.latchkey.graph.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of what Graph's own answers end in, one subtype for each thing that a caller does next.
 * Unchecked. The message names what was being done, the status, the code and the request id, and
 * never a token or a query string.
 *
 * <pre>{@code
 * try {
 *   drive.upload(file, ItemRef.path("Reports/q3.pdf"));
 * } catch (SignInRequired why) {
 *   show(client.beginSignIn(why)); // also after a claims challenge of Graph's
 * } catch (QuotaExceeded full) {
 *   askToMakeRoom();
 * } catch (GraphThrottled busy) {
 *   retryIn(busy.retryAfter());
 * }
 * }</pre>
 */
public abstract sealed class GraphException extends RuntimeException
    permits NotFound,
        Conflict,
        PreconditionFailed,
        ResyncRequired,
        Forbidden,
        TokenRejected,
        RequestRefused,
        GraphThrottled,
        GraphUnavailable,
        QuotaExceeded,
        OutcomeUnknown,
        MalformedAnswer {

  private static final long serialVersionUID = 1L;

  private final GraphError error;

  GraphException(String message, GraphError error, @Nullable Throwable cause) {
    super(message, cause);
    this.error = error;
  }

  /**
   * What Graph said.
   *
   * @return status, code, message and ids
   */
  public final GraphError error() {
    return error;
  }

  /**
   * The HTTP status.
   *
   * @return the status; 0 if no answer came
   */
  public final int status() {
    return error.status();
  }

  /**
   * The code that tells most.
   *
   * @return the code, such as {@code itemNotFound}, or null
   */
  public final @Nullable String code() {
    return error.code();
  }
}
