package dev.latchkey.graph.error;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What Graph said about a request that it refused, or what is known of one that it did not answer.
 *
 * @param status the HTTP status; 0 if no answer came
 * @param code the code that tells most: the deepest of the nested ones that is known, else the
 *     deepest; null if there was none. Graph's documentation allows new ones at any time
 * @param message Graph's own words, without line breaks and without anything like a token or a
 *     query string; null if there were none
 * @param requestId the {@code request-id} by which Microsoft's support finds the request
 * @param clientRequestId the {@code client-request-id} that this request was sent with; null if it
 *     went to a storage host
 * @param date when Graph answered, by its own clock
 * @see <a href="https://learn.microsoft.com/graph/errors">Microsoft Graph error responses</a>
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
   * About a request to which no answer came.
   *
   * @param clientRequestId what it was sent with
   * @return an error of status 0
   */
  public static GraphError noAnswer(@Nullable String clientRequestId) {
    return new GraphError(0, null, null, null, clientRequestId, null);
  }
}
