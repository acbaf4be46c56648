package dev.latchkey.graph.internal.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads members that Graph may leave out, which is all but the ids. An invalid one counts as
 * absent: no listing fails because of a date that nobody needs.
 */
public final class GraphJson {

  private GraphJson() {}

  /** An object, or null. */
  public static @Nullable JsonObject object(JsonObject json, String name) {
    return json.get(name) instanceof JsonObject object ? object : null;
  }

  /** An object; empty if there is none. */
  public static JsonObject child(JsonObject json, String name) {
    JsonObject child = object(json, name);
    return child == null ? new JsonObject() : child;
  }

  /** Reads an object, or returns null. */
  public static <T> @Nullable T read(JsonObject json, String name, Function<JsonObject, T> reader) {
    JsonObject object = object(json, name);
    return object == null ? null : reader.apply(object);
  }

  /** Reads the objects of an array; empty if there is none. */
  public static <T> List<T> readAll(JsonObject json, String name, Function<JsonObject, T> reader) {
    List<T> read = new ArrayList<>();
    if (json.get(name) instanceof JsonArray array) {
      for (JsonElement element : array) {
        if (element instanceof JsonObject object) {
          read.add(reader.apply(object));
        }
      }
    }
    return List.copyOf(read);
  }

  /** The members of an object as HTTP headers; no headers for null. */
  public static HttpHeaders headers(@Nullable JsonObject json) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (json != null) {
      for (Map.Entry<String, JsonElement> member : json.entrySet()) {
        // As HttpHeaders trims, control characters too: it takes no name that is empty or there
        // twice.
        String name = member.getKey().trim();
        if (!name.isEmpty() && member.getValue() instanceof JsonPrimitive value) {
          headers.put(name, List.of(value.getAsString()));
        }
      }
    }
    return HttpHeaders.of(headers, (name, value) -> true);
  }

  /** True, false, or null. */
  public static @Nullable Boolean flag(JsonObject json, String name) {
    boolean there = json.get(name) instanceof JsonPrimitive value && value.isBoolean();
    return there ? (Boolean) json.get(name).getAsBoolean() : null;
  }
}
