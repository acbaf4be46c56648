package dev.latchkey.graph.batch;

import com.google.gson.JsonObject;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.graph.error.GraphException;
import java.net.http.HttpHeaders;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one request of a batch. Immutable, except for the JSON.
 *
 * @see dev.latchkey.graph.Batch
 */
public final class BatchResponse {

  private final int status;
  private final HttpHeaders headers;
  private final JsonObject json;
  private final @Nullable RuntimeException failure;

  private BatchResponse(
      int status, HttpHeaders headers, JsonObject json, @Nullable RuntimeException failure) {
    this.status = status;
    this.headers = headers;
    this.json = json;
    this.failure = failure;
  }

  /**
   * Creates the response to a successful request; applications do so in their own tests.
   *
   * @param status the HTTP status
   * @param headers the headers
   * @param json the body
   * @return the response
   */
  public static BatchResponse of(int status, HttpHeaders headers, JsonObject json) {
    return new BatchResponse(status, headers, json, null);
  }

  /**
   * Creates the outcome of a failed request; applications do so in their own tests.
   *
   * @param failure why it failed
   * @return the response, without headers
   */
  public static BatchResponse failed(RuntimeException failure) {
    int status = failure instanceof GraphException refusal ? refusal.status() : 0;
    HttpHeaders none = HttpHeaders.of(Map.of(), (name, value) -> true);
    return new BatchResponse(status, none, new JsonObject(), failure);
  }

  /**
   * The body.
   *
   * @return the body; empty if there was none, or if it was not JSON
   * @throws GraphException if the request failed, by type, as if it had been sent alone
   * @throws LatchkeyException if no token was available for it; {@link
   *     dev.latchkey.error.SignInRequired} if Graph demands claims that no refresh satisfies
   */
  public JsonObject json() {
    if (failure != null) {
      throw failure;
    }
    return json;
  }

  /**
   * Why the request failed.
   *
   * @return what {@link #json()} throws; null if the request succeeded
   */
  public @Nullable RuntimeException failure() {
    return failure;
  }

  /**
   * The HTTP status.
   *
   * @return the status; 424 if a request on which it depends failed; 0 if no response came. 404
   *     without a failure says that an earlier attempt, whose response was lost, carried out the
   *     DELETE
   */
  public int status() {
    return status;
  }

  /**
   * The headers.
   *
   * @return those of this response alone; none if the request failed
   */
  public HttpHeaders headers() {
    return headers;
  }

  /** Leaves out headers and body. */
  @Override
  public String toString() {
    return "BatchResponse[" + status + "]";
  }
}
