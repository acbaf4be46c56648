package dev.latchkey.graph.planner;

import com.google.gson.JsonObject;
import dev.latchkey.graph.internal.json.GraphJson;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.json.JsonInstants;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Planner task as it was at one moment. A member that Graph left out is null, or empty.
 *
 * @param id the task's id
 * @param etag the version of the task; null if Graph left it out
 * @param planId the plan
 * @param bucketId the bucket within the plan
 * @param title what is to be done
 * @param percentComplete 0 for not started, 100 for completed, anything between for in progress; 0
 *     if left out
 * @param priority 0 (most urgent) to 10
 * @param startDateTime when work should start
 * @param dueDateTime when the task should be completed
 * @param createdDateTime when the task was created
 * @param completedDateTime when the task was completed
 * @param assigneeIds the object ids of the people to whom it is assigned
 * @see <a href="https://learn.microsoft.com/graph/api/resources/plannertask">plannerTask resource
 *     type</a>
 * @see TaskChange
 */
public record PlannerTask(
    String id,
    @Nullable String etag,
    @Nullable String planId,
    @Nullable String bucketId,
    @Nullable String title,
    int percentComplete,
    @Nullable Integer priority,
    @Nullable Instant startDateTime,
    @Nullable Instant dueDateTime,
    @Nullable Instant createdDateTime,
    @Nullable Instant completedDateTime,
    Set<String> assigneeIds) {

  /**
   * Whether the task is completed.
   *
   * @return true at 100 percent
   */
  public boolean isComplete() {
    return percentComplete >= 100;
  }

  /**
   * Reads Graph's JSON, such as the body of a batch's response.
   *
   * @param json a plannerTask
   * @return the task
   * @throws RuntimeException if it has no id
   */
  public static PlannerTask fromJson(JsonObject json) {
    Integer percent = number(json, "percentComplete");
    JsonObject assignments = GraphJson.object(json, "assignments");
    return new PlannerTask(
        Json.requiredString(json, "id"),
        Json.string(json, "@odata.etag"),
        Json.string(json, "planId"),
        Json.string(json, "bucketId"),
        Json.string(json, "title"),
        percent == null ? 0 : percent,
        number(json, "priority"),
        JsonInstants.read(json, "startDateTime"),
        JsonInstants.read(json, "dueDateTime"),
        JsonInstants.read(json, "createdDateTime"),
        JsonInstants.read(json, "completedDateTime"),
        // Not Set.copyOf, which takes quadratic time for names whose hashes collide.
        assignments == null
            ? Set.of()
            : Collections.unmodifiableSet(new LinkedHashSet<>(assignments.keySet())));
  }

  private static @Nullable Integer number(JsonObject json, String name) {
    Long number = Json.whole(json, name, RoundingMode.FLOOR);
    return number == null || number != number.intValue() ? null : (Integer) number.intValue();
  }
}
