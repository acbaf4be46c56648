package dev.latchkey.graph.planner;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change to a task; members that it does not name stay as they are. Immutable.
 *
 * <pre>{@code
 * planner.update(id, task -> TaskChange.none().percentComplete(task.percentComplete() + 10));
 * }</pre>
 */
public final class TaskChange {

  private static final TaskChange NONE = new TaskChange(new JsonObject());

  private final JsonObject members;

  private TaskChange(JsonObject members) {
    this.members = members;
  }

  /**
   * Changes nothing; no request is sent for it.
   *
   * @return the empty change
   */
  public static TaskChange none() {
    return NONE;
  }

  /**
   * Changes the title.
   *
   * @param title what is to be done
   * @return the combined change
   */
  public TaskChange title(String title) {
    return with("title", new JsonPrimitive(title));
  }

  /**
   * Changes how much of the task is done.
   *
   * @param percent 0 to 100; 100 completes the task
   * @return the combined change
   * @throws IllegalArgumentException if it is out of range
   */
  public TaskChange percentComplete(int percent) {
    return number("percentComplete", percent, 100);
  }

  /**
   * Changes the priority.
   *
   * @param priority 0 (most urgent) to 10; Planner shows 1 as urgent, 3 as important, 5 as medium
   *     and 9 as low
   * @return the combined change
   * @throws IllegalArgumentException if it is out of range
   */
  public TaskChange priority(int priority) {
    return number("priority", priority, 10);
  }

  /**
   * Moves the task to another bucket of the same plan.
   *
   * @param bucketId the bucket's id
   * @return the combined change
   */
  public TaskChange bucketId(String bucketId) {
    return with("bucketId", new JsonPrimitive(bucketId));
  }

  /**
   * Changes when work should start.
   *
   * @param start the time, or null for none
   * @return the combined change
   */
  public TaskChange startDateTime(@Nullable Instant start) {
    return time("startDateTime", start);
  }

  /**
   * Changes when the task should be completed.
   *
   * @param due the time, or null for none
   * @return the combined change
   */
  public TaskChange dueDateTime(@Nullable Instant due) {
    return time("dueDateTime", due);
  }

  /**
   * Whether it changes nothing.
   *
   * @return true if no member is named
   */
  public boolean isEmpty() {
    return members.isEmpty();
  }

  /**
   * Writes Graph's JSON, such as the body of a request in a batch.
   *
   * @return the members to change
   */
  public JsonObject toJson() {
    return members.deepCopy();
  }

  private TaskChange number(String name, int value, int max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(name + " must be 0 to " + max + ", not " + value);
    }
    return with(name, new JsonPrimitive(value));
  }

  private TaskChange time(String name, @Nullable Instant time) {
    return with(name, time == null ? JsonNull.INSTANCE : new JsonPrimitive(time.toString()));
  }

  private TaskChange with(String name, JsonElement value) {
    JsonObject more = members.deepCopy();
    more.add(name, value);
    return new TaskChange(more);
  }

  /** Names the members, without their values. */
  @Override
  public String toString() {
    return "TaskChange" + members.keySet();
  }
}
