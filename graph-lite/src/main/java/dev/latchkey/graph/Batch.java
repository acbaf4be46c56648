package dev.latchkey.graph;

import dev.latchkey.graph.batch.BatchRequest;
import dev.latchkey.graph.batch.BatchResponses;
import dev.latchkey.graph.internal.batch.BatchRun;
import dev.latchkey.graph.internal.http.GraphHttp;
import java.util.List;

/**
 * Sends many requests in a few batches. Thread-safe.
 *
 * <pre>{@code
 * BatchResponses responses = graph.batch().send(List.of(
 *     BatchRequest.get("me", "/me"),
 *     BatchRequest.patch("read", "/me/messages/" + id, MessageChange.read(true).toJson())));
 * User me = User.fromJson(responses.get("me").json());
 * }</pre>
 *
 * @see <a href="https://learn.microsoft.com/graph/json-batching">JSON batching</a>
 */
public final class Batch {

  private final GraphHttp http;

  Batch(GraphHttp http) {
    this.http = http;
  }

  /**
   * Sends the requests in their order, up to 20 at a time. Graph carries out independent requests
   * in any order. A request that depends on others goes with them or after them, and fails with
   * status 424 if one of them fails.
   *
   * <p>Each request is repeated, or not, by the rules for single requests: after HTTP 429 when its
   * own response allows, while the others proceed; after HTTP 5xx and lost responses if it only
   * reads or deletes. Otherwise it ends in {@link dev.latchkey.graph.error.OutcomeUnknown}. Blocks;
   * needs the scopes of all requests.
   *
   * @param requests any number
   * @return a response for each. A failed request does not cost another one its response
   * @throws IllegalArgumentException if two ids are the same, or a request depends on one that does
   *     not precede it
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; requests in
   *     progress may be carried out
   */
  public BatchResponses send(List<BatchRequest> requests) {
    return new BatchRun(http, requests).run();
  }
}
