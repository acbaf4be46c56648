package dev.latchkey.testkit.graph;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Graph answers: JSON, a file, or nothing but a status.
 *
 * @param body null if there is none
 * @param file null if the answer is no file
 */
public record GraphAnswer(
    int status,
    Map<String, List<String>> headers,
    @Nullable JsonObject body,
    @Nullable Content file) {

  static GraphAnswer json(int status, JsonObject body) {
    return new GraphAnswer(status, Map.of(), body, null);
  }

  static GraphAnswer empty(int status) {
    return new GraphAnswer(status, Map.of(), null, null);
  }

  static GraphAnswer file(int status, Content file) {
    return new GraphAnswer(status, Map.of(), null, file);
  }

  GraphAnswer with(String header, String... values) {
    Map<String, List<String>> more = new LinkedHashMap<>(headers);
    more.put(header, List.of(values));
    return new GraphAnswer(status, more, body, file);
  }
}
