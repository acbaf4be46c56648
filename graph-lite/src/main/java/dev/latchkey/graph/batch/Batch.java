package dev.latchkey.graph.batch;

import dev.latchkey.graph.http.GraphHttp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends many requests in few. Thread-safe.
 *
 * <pre>{@code
 * BatchAnswers answers = graph.batch().send(List.of(
 *     BatchRequest.get("me", "/me"),
 *     BatchRequest.patch("read", "/me/messages/" + id, isRead)));
 * show(answers.get("me").json().get("displayName"));
 * }</pre>
 *
 * @see <a href="https://learn.microsoft.com/graph/json-batching">JSON batching</a>
 */
public final class Batch {

  private final GraphHttp http;

  /**
   * Made by {@link dev.latchkey.graph.GraphClient#batch()}.
   *
   * @param http sends the requests
   */
  public Batch(GraphHttp http) {
    this.http = http;
  }

  /**
   * Sends the requests, up to 20 at a time, in their order; independent ones are carried out in any
   * order. What depends on others goes with them or after them, and fails with status 424 if one of
   * them fails.
   *
   * <p>Each request is repeated, or not, by the rules that hold for single ones: after HTTP 429 at
   * the pace that its own answer asks for, while the others are done; after HTTP 5xx and lost
   * answers if it only reads or deletes. Others end in {@link
   * dev.latchkey.graph.error.OutcomeUnknown} then. Blocks; needs the scopes of all of them.
   *
   * @param requests any number
   * @return an answer for each. Failures are in there: they cost no other request its answer
   * @throws IllegalArgumentException if two ids are the same, or a request depends on one that does
   *     not stand before it
   * @throws java.util.concurrent.CancellationException if the thread is interrupted meanwhile; what
   *     was under way may be carried out
   */
  public BatchAnswers send(List<BatchRequest> requests) {
    List<BatchItem> items = items(requests);
    new BatchRun(http, items).run();
    return new BatchAnswers(items);
  }

  private List<BatchItem> items(List<BatchRequest> requests) {
    Map<String, BatchItem> byId = new HashMap<>();
    List<BatchItem> items = new ArrayList<>();
    for (BatchRequest request : requests) {
      List<BatchItem> dependencies = new ArrayList<>();
      for (String id : request.dependencies()) {
        BatchItem dependency = byId.get(BatchItem.key(id));
        if (dependency == null) {
          throw new IllegalArgumentException(
              "\"" + request.id() + "\" depends on \"" + id + "\", which does not stand before it");
        }
        dependency.hasDependents = true;
        dependencies.add(dependency);
      }
      BatchItem item = new BatchItem(request, List.copyOf(dependencies), http);
      if (byId.put(BatchItem.key(request.id()), item) != null) {
        throw new IllegalArgumentException("two requests have the id \"" + request.id() + "\"");
      }
      items.add(item);
    }
    return items;
  }
}
