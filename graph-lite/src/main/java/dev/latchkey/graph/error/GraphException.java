package dev.latchkey.graph.error;

import dev.latchkey.internal.text.SafeCause;
import org.jspecify.annotations.Nullable;

/**
 * The base of the exceptions for Graph's responses, with one subtype for each thing that a caller
 * does next. Unchecked. The message names the action, the status, the code and the request id, and
 * never contains a token or a query string. Nor do the causes: a message of the JDK or of another
 * library is replaced unless it is known to quote nothing.
 *
 * <pre>{@code
 * try {
 *   drive.upload(file, ItemRef.path("Reports/q3.pdf"));
 * } catch (SignInRequired why) {
 *   show(client.beginSignIn(why)); // also after a claims challenge from Graph
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
    super(message, SafeCause.orNull(cause));
    this.error = error;
  }

  /**
   * The details of the response.
   *
   * @return status, code, message and ids
   */
  public final GraphError error() {
    return error;
  }

  /**
   * The HTTP status.
   *
   * @return the status; 0 if no response came
   */
  public final int status() {
    return error.status();
  }

  /**
   * The most specific error code.
   *
   * @return the code, such as {@code itemNotFound}, or null
   */
  public final @Nullable String code() {
    return error.code();
  }
}
