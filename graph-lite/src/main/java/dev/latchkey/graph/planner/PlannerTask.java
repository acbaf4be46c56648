package dev.latchkey.graph.planner;

import com.google.gson.JsonObject;
import dev.latchkey.graph.http.Answer;
import dev.latchkey.graph.http.Members;
import dev.latchkey.internal.json.Json;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A task of Planner at one moment. What Graph left out is null, or empty.
 *
 * @param id the task's id
 * @param etag which version this is; null if Graph did not say
 * @param planId the plan that it belongs to
 * @param bucketId the bucket within the plan
 * @param title what is to be done
 * @param percentComplete 0 for not started, 100 for done, anything between for in progress; 0 if
 *     left out
 * @param priority 0 (most urgent) to 10
 * @param startDateTime when work on it should begin
 * @param dueDateTime when it should be done
 * @param createdDateTime when it was made
 * @param completedDateTime when it was done
 * @param assigneeIds the object ids of the people who it is assigned to
 * @see <a href="https://learn.microsoft.com/graph/api/resources/plannertask">plannerTask resource
 *     type</a>
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
   * Whether it is done.
   *
   * @return true at 100 percent
   */
  public boolean isComplete() {
    return percentComplete >= 100;
  }

  /** Reads one that is the whole answer. */
  static PlannerTask of(Answer answer) {
    return answer.read(PlannerTask::read);
  }

  static PlannerTask read(JsonObject json) {
    Integer percent = number(json, "percentComplete");
    JsonObject assignments = Members.object(json, "assignments");
    return new PlannerTask(
        Json.requiredString(json, "id"),
        Json.string(json, "@odata.etag"),
        Json.string(json, "planId"),
        Json.string(json, "bucketId"),
        Json.string(json, "title"),
        percent == null ? 0 : percent,
        number(json, "priority"),
        Members.instant(json, "startDateTime"),
        Members.instant(json, "dueDateTime"),
        Members.instant(json, "createdDateTime"),
        Members.instant(json, "completedDateTime"),
        assignments == null ? Set.of() : Set.copyOf(assignments.keySet()));
  }

  private static @Nullable Integer number(JsonObject json, String name) {
    Long number = Json.whole(json, name, RoundingMode.FLOOR);
    return number == null || number != number.intValue() ? null : (Integer) number.intValue();
  }
}
