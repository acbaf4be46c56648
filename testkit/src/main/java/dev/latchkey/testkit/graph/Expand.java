package dev.latchkey.testkit.graph;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code $expand} of the properties that a client gave a message; Graph shows them only so. */
final class Expand {

  static final String PROPERTIES = "singleValueExtendedProperties";

  private static final Pattern CLAUSE =
      Pattern.compile(PROPERTIES + "\\(\\$filter=(?<filter>.*)\\)", Pattern.CASE_INSENSITIVE);

  private final @Nullable Predicate<JsonElement> filter;

  private Expand(@Nullable Predicate<JsonElement> filter) {
    this.filter = filter;
  }

  static Expand of(Call call) {
    String clause = call.query("$expand");
    if (clause == null) {
      return new Expand(null);
    }
    Matcher matcher = CLAUSE.matcher(clause);
    if (!matcher.matches()) {
      throw GraphFailure.of(400, "BadRequest", "Parsing OData Select and Expand failed.");
    }
    return new Expand(Filter.of(matcher.group("filter")));
  }

  /** Adds to a message's JSON those of its properties that are asked for. */
  JsonObject apply(Message message, JsonObject json) {
    if (filter != null) {
      JsonArray properties = new JsonArray();
      Json.array(message.members(), PROPERTIES).asList().stream()
          .filter(filter)
          .forEach(property -> properties.add(property.deepCopy()));
      if (!properties.isEmpty()) {
        json.add(PROPERTIES, properties);
      }
    }
    return json;
  }
}
