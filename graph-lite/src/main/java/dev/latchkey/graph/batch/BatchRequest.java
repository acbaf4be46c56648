package dev.latchkey.graph.batch;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request of a batch. Immutable.
 *
 * <pre>{@code
 * BatchRequest.post("folder", "/me/drive/root/children", folder).dependsOn("drive")
 * }</pre>
 */
public final class BatchRequest {

  private final String id;
  private final String method;
  private final String path;
  private final Map<String, String> headers;
  private final @Nullable JsonObject body;
  private final List<String> dependsOn;

  private BatchRequest(
      String id,
      String method,
      String path,
      Map<String, String> headers,
      @Nullable JsonObject body,
      List<String> dependsOn) {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("the id must not be empty");
    }
    if (!path.startsWith("/") || path.startsWith("//")) {
      throw new IllegalArgumentException("the path must begin with one slash: " + id);
    }
    this.id = id;
    this.method = method;
    this.path = path;
    this.headers = headers;
    this.body = body;
    this.dependsOn = dependsOn;
  }

  /**
   * Reads something.
   *
   * @param id what the answer is found by; unique in its batch, whatever the case
   * @param path beneath the base URL, with its query, encoded, such as {@code /me/events?$top=5}
   * @return a request
   * @throws IllegalArgumentException if the id is empty or the path does not begin with a slash
   */
  public static BatchRequest get(String id, String path) {
    return new BatchRequest(id, "GET", path, Map.of(), null, List.of());
  }

  /**
   * Posts something.
   *
   * @param id as for {@link #get}
   * @param path as for {@link #get}
   * @param body what to send, or null for nothing
   * @return a request
   * @throws IllegalArgumentException as for {@link #get}
   */
  public static BatchRequest post(String id, String path, @Nullable JsonObject body) {
    return new BatchRequest(id, "POST", path, Map.of(), body, List.of());
  }

  /**
   * Changes something.
   *
   * @param id as for {@link #get}
   * @param path as for {@link #get}
   * @param body the members to change
   * @return a request
   * @throws IllegalArgumentException as for {@link #get}
   */
  public static BatchRequest patch(String id, String path, JsonObject body) {
    return new BatchRequest(id, "PATCH", path, Map.of(), body, List.of());
  }

  /**
   * Deletes something.
   *
   * @param id as for {@link #get}
   * @param path as for {@link #get}
   * @return a request
   * @throws IllegalArgumentException as for {@link #get}
   */
  public static BatchRequest delete(String id, String path) {
    return new BatchRequest(id, "DELETE", path, Map.of(), null, List.of());
  }

  /**
   * The same with a header of its own, such as {@code If-Match}.
   *
   * @param name the header's name
   * @param value the header's value
   * @return the longer request
   */
  public BatchRequest header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new BatchRequest(id, method, path, Map.copyOf(more), body, dependsOn);
  }

  /**
   * The same, to be carried out only when others have succeeded.
   *
   * @param ids the ids of requests that stand before it in the batch
   * @return the dependent request
   */
  public BatchRequest dependsOn(String... ids) {
    return new BatchRequest(id, method, path, headers, body, List.of(ids));
  }

  String id() {
    return id;
  }

  List<String> dependencies() {
    return dependsOn;
  }

  /** Whether carrying it out twice does no more than doing so once. */
  boolean repeatable() {
    return method.equals("GET") || method.equals("DELETE");
  }

  /** Whether, done before, it finds nothing. */
  boolean deletes() {
    return method.equals("DELETE");
  }

  /** As Graph reads it, with those dependencies that are in the same request. */
  JsonObject toJson(List<BatchItem> dependencies) {
    JsonObject json = new JsonObject();
    json.addProperty("id", id);
    json.addProperty("method", method);
    json.addProperty("url", path);
    JsonObject fields = new JsonObject();
    for (Map.Entry<String, String> header : headers.entrySet()) {
      fields.addProperty(header.getKey(), header.getValue());
    }
    if (body != null) {
      // "When the body is supplied, a Content-Type header must be included."
      fields.addProperty("Content-Type", "application/json");
      json.add("body", body);
    }
    if (!fields.isEmpty()) {
      json.add("headers", fields);
    }
    if (!dependencies.isEmpty()) {
      JsonArray ids = new JsonArray();
      for (BatchItem dependency : dependencies) {
        ids.add(dependency.request.id);
      }
      json.add("dependsOn", ids);
    }
    return json;
  }

  /** Leaves out headers, body and query. */
  @Override
  public String toString() {
    return "BatchRequest[" + id + ", " + method + " " + path.split("\\?", 2)[0] + "]";
  }
}
