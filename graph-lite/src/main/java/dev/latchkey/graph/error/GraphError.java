package dev.latchkey.graph.error;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The details of an error response, or what is known about a request without a response.
 *
 * @param status the HTTP status; 0 if no response came
 * @param code the most specific code: the deepest nested code that the library knows, or else the
 *     deepest of all; null if there was none. Graph may add codes at any time
 * @param message Graph's message, without line breaks and without anything like a token or a query
 *     string; null if there was none
 * @param requestId the {@code request-id} by which Microsoft support finds the request
 * @param clientRequestId the {@code client-request-id} that was sent with the request; null if it
 *     went to a storage host
 * @param date when Graph responded, by its own clock
 * @see <a href="https://learn.microsoft.com/graph/errors">Microsoft Graph error responses</a>
 * @see GraphException
 */
public record GraphError(
    int status,
    @Nullable String code,
    @Nullable String message,
    @Nullable String requestId,
    @Nullable String clientRequestId,
    @Nullable Instant date)
    implements Serializable {

  /**
   * Creates an error for a request without a response.
   *
   * @param clientRequestId the id that was sent
   * @return an error of status 0
   */
  public static GraphError noAnswer(@Nullable String clientRequestId) {
    return new GraphError(0, null, null, null, clientRequestId, null);
  }
}
