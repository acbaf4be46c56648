package dev.latchkey.graph.drive;

import com.google.gson.JsonObject;
import dev.latchkey.graph.http.Answer;
import dev.latchkey.graph.http.Members;
import dev.latchkey.internal.json.Json;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What Graph says of a drive. What it left out is null.
 *
 * @param id for {@link Drives#byId}
 * @param name such as {@code OneDrive} or {@code Documents}
 * @param driveType {@code personal}, {@code business} or {@code documentLibrary}
 * @param webUrl where a browser shows it
 * @param quotaTotal how many bytes it may hold
 * @param quotaUsed how many it holds
 * @param quotaRemaining how many more it may hold
 * @see <a href="https://learn.microsoft.com/graph/api/resources/drive">drive resource type</a>
 */
public record DriveInfo(
    String id,
    @Nullable String name,
    @Nullable String driveType,
    @Nullable String webUrl,
    @Nullable Long quotaTotal,
    @Nullable Long quotaUsed,
    @Nullable Long quotaRemaining) {

  /** Reads one that is the whole answer. */
  static DriveInfo of(Answer answer) {
    return answer.read(DriveInfo::read);
  }

  static DriveInfo read(JsonObject json) {
    JsonObject quota = Members.child(json, "quota");
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
