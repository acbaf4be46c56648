package dev.latchkey.graph.teams;

import com.google.gson.JsonObject;
import dev.latchkey.internal.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A channel of a team. What Graph left out is null.
 *
 * @param id such as {@code 19:…@thread.tacv2}
 * @param displayName the name to show
 * @param description what it is for
 * @param membershipType {@code standard}, {@code private} or {@code shared}; Graph may add others
 * @param webUrl where Teams shows it
 * @see <a href="https://learn.microsoft.com/graph/api/resources/channel">channel resource type</a>
 */
public record Channel(
    String id,
    @Nullable String displayName,
    @Nullable String description,
    @Nullable String membershipType,
    @Nullable String webUrl) {

  static Channel read(JsonObject json) {
    return new Channel(
        Json.requiredString(json, "id"),
        Json.string(json, "displayName"),
        Json.string(json, "description"),
        Json.string(json, "membershipType"),
        Json.string(json, "webUrl"));
  }
}
