package dev.latchkey.graph.teams;

import com.google.gson.JsonObject;
import dev.latchkey.internal.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A channel of a team. A member that Graph left out is null.
 *
 * @param id such as {@code 19:…@thread.tacv2}
 * @param displayName the display name
 * @param description its purpose
 * @param membershipType {@code standard}, {@code private} or {@code shared}; Graph may add others
 * @param webUrl shows it in Teams
 * @see <a href="https://learn.microsoft.com/graph/api/resources/channel">channel resource type</a>
 * @see dev.latchkey.graph.Teams
 */
public record Channel(
    String id,
    @Nullable String displayName,
    @Nullable String description,
    @Nullable String membershipType,
    @Nullable String webUrl) {

  /**
   * Reads Graph's JSON, such as the body of a batch's response.
   *
   * @param json a channel
   * @return the channel
   * @throws RuntimeException if it has no id
   */
  public static Channel fromJson(JsonObject json) {
    return new Channel(
        Json.requiredString(json, "id"),
        Json.string(json, "displayName"),
        Json.string(json, "description"),
        Json.string(json, "membershipType"),
        Json.string(json, "webUrl"));
  }
}
