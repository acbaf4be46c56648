package dev.latchkey.graph.batch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of the requests of a batch: an answer for each. Unmodifiable. */
public final class BatchAnswers {

  private final Map<String, BatchAnswer> byId = new LinkedHashMap<>();

  BatchAnswers(List<BatchItem> items) {
    for (BatchItem item : items) {
      if (item.answer != null) {
        byId.put(item.request.id(), item.answer);
      }
    }
  }

  /**
   * The answer to one request.
   *
   * @param id the request's id, as it was given
   * @return its answer, a failure or not
   * @throws IllegalArgumentException if the batch had no such request
   */
  public BatchAnswer get(String id) {
    BatchAnswer answer = byId.get(id);
    if (answer == null) {
      throw new IllegalArgumentException("no request of the batch has the id \"" + id + "\"");
    }
    return answer;
  }

  /**
   * All of them.
   *
   * @return the answers by the ids of the requests, in the order of the requests
   */
  public Map<String, BatchAnswer> byId() {
    return Collections.unmodifiableMap(byId);
  }

  /** The statuses. */
  @Override
  public String toString() {
    return "BatchAnswers" + byId;
  }
}
