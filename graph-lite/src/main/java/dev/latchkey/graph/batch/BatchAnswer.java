package dev.latchkey.graph.batch;

import com.google.gson.JsonObject;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.http.Members;
import dev.latchkey.internal.json.Json;
import java.math.RoundingMode;
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

  /** A failure. */
  BatchAnswer(RuntimeException failure) {
    this(
        failure instanceof GraphException refusal ? refusal.status() : 0,
        Members.headers(null),
        new JsonObject(),
        failure);
  }

  /**
   * Reads an element of {@code responses}; what has no status in the range gets 0. A body that is
   * no object counts as none: what is no JSON comes in Base64.
   */
  static BatchAnswer read(JsonObject json) {
    Long status = Json.whole(json, "status", RoundingMode.UNNECESSARY);
    JsonObject body = Members.object(json, "body");
    return new BatchAnswer(
        status == null || status < 100 || status > 599 ? 0 : status.intValue(),
        Members.headers(Members.object(json, "headers")),
        body == null ? new JsonObject() : body,
        null);
  }

  /** The same without a body: the complaint of what was done before. */
  BatchAnswer withoutBody() {
    return new BatchAnswer(status, headers, new JsonObject(), failure);
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
