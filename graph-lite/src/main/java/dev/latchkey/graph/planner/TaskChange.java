package dev.latchkey.graph.planner;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to change about a task; what is not named stays as it is. Immutable.
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
   * Changes nothing: nothing is sent.
   *
   * @return the empty change
   */
  public static TaskChange none() {
    return NONE;
  }

  /**
   * Another title.
   *
   * @param title what is to be done
   * @return this change and that
   */
  public TaskChange title(String title) {
    return with("title", new JsonPrimitive(title));
  }

  /**
   * How far it is.
   *
   * @param percent 0 to 100; 100 completes the task
   * @return this change and that
   * @throws IllegalArgumentException if it is out of range
   */
  public TaskChange percentComplete(int percent) {
    return number("percentComplete", percent, 100);
  }

  /**
   * Another priority.
   *
   * @param priority 0 (most urgent) to 10; Planner shows 1 as urgent, 3 as important, 5 as medium
   *     and 9 as low
   * @return this change and that
   * @throws IllegalArgumentException if it is out of range
   */
  public TaskChange priority(int priority) {
    return number("priority", priority, 10);
  }

  /**
   * Another bucket of the same plan.
   *
   * @param bucketId the bucket's id
   * @return this change and that
   */
  public TaskChange bucketId(String bucketId) {
    return with("bucketId", new JsonPrimitive(bucketId));
  }

  /**
   * Another day on which work should begin.
   *
   * @param start when, or null for no such day
   * @return this change and that
   */
  public TaskChange startDateTime(@Nullable Instant start) {
    return time("startDateTime", start);
  }

  /**
   * Another day on which it should be done.
   *
   * @param due when, or null for no such day
   * @return this change and that
   */
  public TaskChange dueDateTime(@Nullable Instant due) {
    return time("dueDateTime", due);
  }

  boolean isNone() {
    return members.isEmpty();
  }

  JsonObject toJson() {
    return members.deepCopy();
  }

  private TaskChange number(String name, int value, int most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(name + " must be 0 to " + most + ", not " + value);
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

  /** The names of what is changed. */
  @Override
  public String toString() {
    return "TaskChange" + members.keySet();
  }
}
