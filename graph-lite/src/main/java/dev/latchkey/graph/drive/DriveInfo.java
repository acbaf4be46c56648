package dev.latchkey.graph.drive;

import com.google.gson.JsonObject;
import dev.latchkey.graph.internal.json.GraphJson;
import dev.latchkey.internal.json.Json;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a drive. A member that Graph left out is null.
 *
 * @param id for {@link dev.latchkey.graph.Drives#byId}
 * @param name such as {@code OneDrive} or {@code Documents}
 * @param driveType {@code personal}, {@code business} or {@code documentLibrary}
 * @param webUrl shows the drive in a browser
 * @param quotaTotal the bytes that it may hold
 * @param quotaUsed the bytes that it holds
 * @param quotaRemaining the bytes that it may still hold
 * @see <a href="https://learn.microsoft.com/graph/api/resources/drive">drive resource type</a>
 * @see dev.latchkey.graph.GraphClient
 */
public record DriveInfo(
    String id,
    @Nullable String name,
    @Nullable String driveType,
    @Nullable String webUrl,
    @Nullable Long quotaTotal,
    @Nullable Long quotaUsed,
    @Nullable Long quotaRemaining) {

  /**
   * Reads Graph's JSON, such as the body of a batch's response.
   *
   * @param json a drive
   * @return the drive's properties
   * @throws RuntimeException if it has no id
   */
  public static DriveInfo fromJson(JsonObject json) {
    JsonObject quota = GraphJson.child(json, "quota");
    return new DriveInfo(
        Json.requiredString(json, "id"),
        Json.stringOrNull(json, "name"),
        Json.stringOrNull(json, "driveType"),
        Json.stringOrNull(json, "webUrl"),
        Json.whole(quota, "total", RoundingMode.DOWN),
        Json.whole(quota, "used", RoundingMode.DOWN),
        Json.whole(quota, "remaining", RoundingMode.DOWN));
  }
}
