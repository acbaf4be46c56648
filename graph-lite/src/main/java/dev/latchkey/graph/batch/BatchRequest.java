package dev.latchkey.graph.batch;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request of a batch. Immutable, except for the JSON; each instance method that takes an
 * argument returns a changed copy.
 *
 * <pre>{@code
 * BatchRequest request =
 *     BatchRequest.post("folder", "/me/drive/root/children", folder).dependsOn("drive");
 * }</pre>
 *
 * @param id identifies the response; unique within the batch, ignoring case
 * @param method the HTTP method, in upper case
 * @param path beneath the base URL, with its query, encoded, such as {@code /me/events?$top=5}
 * @param headers headers of this request alone
 * @param body what to send; null for no body
 * @param dependsOn the ids of earlier requests that must succeed first
 */
public record BatchRequest(
    String id,
    String method,
    String path,
    Map<String, String> headers,
    @Nullable JsonObject body,
    List<String> dependsOn) {

  /**
   * Creates a request.
   *
   * @param id identifies the response
   * @param method the HTTP method
   * @param path beneath the base URL
   * @param headers headers of this request alone
   * @param body what to send, or null
   * @param dependsOn the ids of earlier requests
   * @throws IllegalArgumentException if the id is empty or the path does not begin with one slash
   */
  public BatchRequest {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("the id must not be empty");
    }
    if (!path.startsWith("/") || path.startsWith("//")) {
      throw new IllegalArgumentException("the path must begin with one slash: " + id);
    }
    headers = Map.copyOf(headers);
    dependsOn = List.copyOf(dependsOn);
  }

  /**
   * Reads something.
   *
   * @param id identifies the response; unique within the batch, ignoring case
   * @param path beneath the base URL, with its query, encoded, such as {@code /me/events?$top=5}
   * @return a request
   * @throws IllegalArgumentException if the id is empty or the path does not begin with one slash
   */
  public static BatchRequest get(String id, String path) {
    return new BatchRequest(id, "GET", path, Map.of(), null, List.of());
  }

  /**
   * Posts something.
   *
   * @param id as for {@link #get}
   * @param path as for {@link #get}
   * @param body what to send, or null for no body
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
   * Adds a header, such as {@code If-Match}.
   *
   * @param name the header's name
   * @param value the header's value
   * @return the changed request
   */
  public BatchRequest header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new BatchRequest(id, method, path, more, body, dependsOn);
  }

  /**
   * Carries the request out only after others have succeeded.
   *
   * @param ids the ids of requests that precede it in the batch
   * @return the changed request
   */
  public BatchRequest dependsOn(String... ids) {
    return new BatchRequest(id, method, path, headers, body, List.of(ids));
  }

  /** Leaves out headers, body and query. */
  @Override
  public String toString() {
    return "BatchRequest[" + id + ", " + method + " " + path.split("\\?", 2)[0] + "]";
  }
}
