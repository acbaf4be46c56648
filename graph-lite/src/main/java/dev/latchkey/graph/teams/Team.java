package dev.latchkey.graph.teams;

import com.google.gson.JsonObject;
import dev.latchkey.internal.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A team. A member that Graph left out is null.
 *
 * @param id the id of the team and of its group
 * @param displayName the display name
 * @param description its purpose
 * @see <a href="https://learn.microsoft.com/graph/api/resources/team">team resource type</a>
 * @see dev.latchkey.graph.Teams
 */
public record Team(String id, @Nullable String displayName, @Nullable String description) {

  /**
   * Reads Graph's JSON, such as the body of a batch's response.
   *
   * @param json a team
   * @return the team
   * @throws RuntimeException if it has no id
   */
  public static Team fromJson(JsonObject json) {
    return new Team(
        Json.requiredString(json, "id"),
        Json.string(json, "displayName"),
        Json.string(json, "description"));
  }
}
