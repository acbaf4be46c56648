package dev.latchkey.graph.batch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The outcome of a batch: a response or a failure for each request.
 *
 * @param byId the responses by the ids of the requests, in the order of the requests
 * @see dev.latchkey.graph.Batch
 */
public record BatchResponses(Map<String, BatchResponse> byId) {

  /**
   * Creates responses; applications do so in their own tests.
   *
   * @param byId the responses by the ids of the requests
   */
  public BatchResponses {
    byId = Collections.unmodifiableMap(new LinkedHashMap<>(byId));
  }

  /**
   * The response to one request.
   *
   * @param id the id of the request
   * @return the response, or the failure
   * @throws IllegalArgumentException if the batch had no such request
   */
  public BatchResponse get(String id) {
    BatchResponse response = byId.get(id);
    if (response == null) {
      throw new IllegalArgumentException("no request of the batch has the id \"" + id + "\"");
    }
    return response;
  }

  /** The ids and statuses. */
  @Override
  public String toString() {
    return "BatchResponses" + byId;
  }
}
