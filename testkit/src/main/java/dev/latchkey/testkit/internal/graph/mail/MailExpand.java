package dev.latchkey.testkit.internal.graph.mail;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import dev.latchkey.testkit.internal.graph.call.JsonMembers;
import dev.latchkey.testkit.internal.graph.call.RoutedCall;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code $expand} of extended properties, which Graph returns only on request. */
public final class MailExpand {

  public static final String PROPERTIES = "singleValueExtendedProperties";

  private static final Pattern CLAUSE =
      Pattern.compile(PROPERTIES + "\\(\\$filter=(?<filter>.*)\\)", Pattern.CASE_INSENSITIVE);

  private final @Nullable Predicate<JsonElement> filter;

  private MailExpand(@Nullable Predicate<JsonElement> filter) {
    this.filter = filter;
  }

  static MailExpand of(RoutedCall call) {
    String clause = call.query("$expand");
    if (clause == null) {
      return new MailExpand(null);
    }
    Matcher matcher = CLAUSE.matcher(clause);
    if (!matcher.matches()) {
      throw GraphFailure.of(400, "BadRequest", "Parsing OData Select and Expand failed.");
    }
    return new MailExpand(MailFilter.of(matcher.group("filter")));
  }

  /** Adds the requested properties to a message's JSON. */
  JsonObject apply(StoredMessage message, JsonObject json) {
    if (filter != null) {
      JsonArray properties = new JsonArray();
      JsonMembers.array(message.members(), PROPERTIES).asList().stream()
          .filter(filter)
          .forEach(property -> properties.add(property.deepCopy()));
      if (!properties.isEmpty()) {
        json.add(PROPERTIES, properties);
      }
    }
    return json;
  }
}
