package dev.latchkey.graph.batch;

import com.google.gson.JsonObject;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.graph.error.GraphException;
import java.net.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** What became of one request of a batch. Immutable, but for the JSON. */
public final class BatchAnswer {

  private final int status;
  private final HttpHeaders headers;
  private final JsonObject json;
  private final @Nullable RuntimeException failure;

  private BatchAnswer(
      int status, HttpHeaders headers, JsonObject json, @Nullable RuntimeException failure) {
    this.status = status;
    this.headers = headers;
    this.json = json;
    this.failure = failure;
  }

  static BatchAnswer of(BatchResponse response) {
    JsonObject json = response.json() == null ? new JsonObject() : response.json();
    return new BatchAnswer(response.status(), response.headers(), json, null);
  }

  /** What says that it was done before: without the complaint that comes as a body. */
  static BatchAnswer done(BatchResponse response) {
    return new BatchAnswer(response.status(), response.headers(), new JsonObject(), null);
  }

  static BatchAnswer failed(RuntimeException failure) {
    int status = failure instanceof GraphException refusal ? refusal.status() : 0;
    return new BatchAnswer(status, BatchResponse.NO_HEADERS, new JsonObject(), failure);
  }

  /**
   * The body.
   *
   * @return the body; empty if there was none, or none of JSON
   * @throws GraphException if the request failed, by type, as if it had been sent alone
   * @throws LatchkeyException if no token could be had for it; {@link
   *     dev.latchkey.error.SignInRequired} if Graph wants claims that no refresh brings
   */
  public JsonObject json() {
    if (failure != null) {
      throw failure;
    }
    return json;
  }

  /**
   * Why it failed.
   *
   * @return what {@link #json()} throws; null if the request succeeded
   */
  public @Nullable RuntimeException failure() {
    return failure;
  }

  /**
   * The HTTP status.
   *
   * @return the status, 424 if a request that it depends on failed; 0 if no answer came. 404
   *     without a failure says that a DELETE had been done before, by an attempt whose answer was
   *     lost
   */
  public int status() {
    return status;
  }

  /**
   * The headers.
   *
   * @return those of this answer alone; none if the request failed
   */
  public HttpHeaders headers() {
    return headers;
  }

  /** Leaves out headers and body. */
  @Override
  public String toString() {
    return "BatchAnswer[" + status + "]";
  }
}
