package dev.latchkey.graph.teams;

import com.google.gson.JsonObject;
import dev.latchkey.internal.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A team. What Graph left out is null.
 *
 * @param id the id of the team and of its group
 * @param displayName the name to show
 * @param description what it is for
 * @see <a href="https://learn.microsoft.com/graph/api/resources/team">team resource type</a>
 */
public record Team(String id, @Nullable String displayName, @Nullable String description) {

  static Team read(JsonObject json) {
    return new Team(
        Json.requiredString(json, "id"),
        Json.string(json, "displayName"),
        Json.string(json, "description"));
  }
}
