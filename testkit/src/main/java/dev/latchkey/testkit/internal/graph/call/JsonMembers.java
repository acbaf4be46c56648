package dev.latchkey.testkit.internal.graph.call;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON members in Graph's formats. */
public final class JsonMembers {

  private JsonMembers() {}

  public static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  public static @Nullable String string(JsonObject object, String member) {
    JsonElement value = object.get(member);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : null;
  }

  public static @Nullable JsonObject object(JsonObject object, String member) {
    JsonElement value = object.get(member);
    return value != null && value.isJsonObject() ? value.getAsJsonObject() : null;
  }

  public static JsonArray array(JsonObject object, String member) {
    JsonElement value = object.get(member);
    return value != null && value.isJsonArray() ? value.getAsJsonArray() : new JsonArray();
  }

  /** A whole number of 0 or more; without the member, the default. */
  public static long number(JsonObject object, String member, long otherwise) {
    JsonElement value = object.get(member);
    if (value == null) {
      return otherwise;
    }
    if (!value.isJsonPrimitive() || !value.getAsString().matches("\\d{1,15}")) {
      throw GraphFailure.badRequest("The property '" + member + "' must be a whole number.");
    }
    return value.getAsLong();
  }

  /** True or false, also as a string; without the member, or if it is null, the default. */
  public static boolean flag(JsonObject object, String member, boolean otherwise) {
    JsonElement value = object.get(member);
    if (value == null || value.isJsonNull()) {
      return otherwise;
    }
    String text = value.isJsonPrimitive() ? value.getAsString().toLowerCase(Locale.ROOT) : "";
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw GraphFailure.badRequest("The property '" + member + "' must be true or false.");
    };
  }

  /**
   * The parameters of an action, with names in lower case: Graph takes them in any case, its Java
   * SDK writes them with capitals, and its documentation does not.
   */
  public static JsonObject parameters(JsonObject body) {
    JsonObject parameters = new JsonObject();
    body.entrySet()
        .forEach(each -> parameters.add(each.getKey().toLowerCase(Locale.ROOT), each.getValue()));
    return parameters;
  }

  /** An object with one member. */
  public static JsonObject of(String member, String value) {
    JsonObject object = new JsonObject();
    object.addProperty(member, value);
    return object;
  }
}
