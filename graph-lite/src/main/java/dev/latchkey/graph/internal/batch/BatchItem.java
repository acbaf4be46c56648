package dev.latchkey.graph.internal.batch;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.latchkey.graph.batch.BatchRequest;
import dev.latchkey.graph.batch.BatchResponse;
import dev.latchkey.graph.internal.http.GraphCall;
import dev.latchkey.graph.internal.http.GraphHttp;
import dev.latchkey.graph.internal.http.GraphPath;
import dev.latchkey.graph.internal.http.TokenReplacement;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The state of one request of a batch. Used by one thread. */
final class BatchItem {

  final BatchRequest request;
  final List<BatchItem> dependencies;

  /** The request as messages name it. */
  final GraphCall call;

  final TokenReplacement tokenReplacement = new TokenReplacement();

  /** Whether it was sent and the response was lost. */
  boolean mayBeDone;

  int attempts;
  long firstSent;

  /** By the monotonic clock. */
  long notBefore;

  @Nullable BatchResponse response;

  /** Whether another one waits for it. */
  boolean hasDependents;

  BatchItem(BatchRequest request, List<BatchItem> dependencies, GraphHttp http) {
    this.request = request;
    this.dependencies = dependencies;
    String action = "carry out the request \"" + request.id() + "\" of a batch";
    boolean repeatable = request.method().equals("GET") || isDelete();
    this.call = GraphCall.post(action, http.uri(GraphPath.of("$batch"))).repeatable(repeatable);
    this.notBefore = http.config().time().nanos();
  }

  /** An id as Graph compares it: ignoring case. */
  static String key(String id) {
    return id.toLowerCase(Locale.ROOT);
  }

  boolean isDelete() {
    return request.method().equals("DELETE");
  }

  boolean isOpen() {
    return response == null;
  }

  void fail(RuntimeException failure) {
    response = BatchResponse.failed(failure);
  }

  /** Those that have not succeeded yet. */
  List<BatchItem> openDependencies() {
    return dependencies.stream().filter(BatchItem::isOpen).toList();
  }

  boolean hasFailedDependency() {
    return dependencies.stream()
        .map(dependency -> dependency.response)
        .anyMatch(outcome -> outcome != null && outcome.failure() != null);
  }

  /** Whether it is related to others that are not done. */
  boolean isTied() {
    return hasDependents || !openDependencies().isEmpty();
  }

  /** Graph's JSON, with those dependencies that are still open. */
  JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("id", request.id());
    json.addProperty("method", request.method());
    json.addProperty("url", request.path());
    JsonObject headers = new JsonObject();
    request.headers().forEach(headers::addProperty);
    if (request.body() != null) {
      // "When the body is supplied, a Content-Type header must be included."
      headers.addProperty("Content-Type", "application/json");
      json.add("body", request.body());
    }
    if (!headers.isEmpty()) {
      json.add("headers", headers);
    }
    JsonArray ids = new JsonArray();
    openDependencies().forEach(dependency -> ids.add(dependency.request.id()));
    if (!ids.isEmpty()) {
      json.add("dependsOn", ids);
    }
    return json;
  }
}
