package dev.latchkey.graph;

import com.google.gson.JsonObject;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.graph.error.Conflict;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.error.PreconditionFailed;
import dev.latchkey.graph.internal.http.GraphCall;
import dev.latchkey.graph.internal.http.GraphHttp;
import dev.latchkey.graph.internal.http.GraphPath;
import dev.latchkey.graph.internal.http.GraphResponse;
import dev.latchkey.graph.internal.http.PageIterator;
import dev.latchkey.graph.internal.http.Retries;
import dev.latchkey.graph.internal.http.RetryPolicy;
import dev.latchkey.graph.planner.PlannerTask;
import dev.latchkey.graph.planner.TaskChange;
import dev.latchkey.internal.time.ExponentialDelay;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;

/**
 * Planner tasks. Thread-safe. All calls block and throw as {@link dev.latchkey.graph.GraphClient}
 * says. Reading needs {@code Tasks.Read}, changing {@code Tasks.ReadWrite}.
 *
 * <pre>{@code
 * for (PlannerTask task : graph.planner().myTasks()) {
 *   System.out.println(task.percentComplete() + " % " + task.title());
 * }
 * graph.planner().complete(taskId);
 * }</pre>
 */
public final class Planner {

  private static final ExponentialDelay DELAY =
      new ExponentialDelay(Duration.ofMillis(200), Duration.ofMillis(1600));

  /** The status of Graph when it has changed a task and does not return it. */
  private static final int CHANGED = 204;

  private final GraphHttp http;

  /** For changes that somebody else overtakes. */
  private final RetryPolicy rounds;

  Planner(GraphHttp http) {
    this.http = http;
    this.rounds = new RetryPolicy(5, http.config().retryPolicy().deadline(), DELAY, false);
  }

  /**
   * Lists the tasks that are assigned to the signed-in user.
   *
   * @return the tasks, fetched while they are walked
   * @see <a href="https://learn.microsoft.com/graph/api/planneruser-list-tasks">List tasks</a>
   */
  public Listing<PlannerTask> myTasks() {
    return tasks("list the user's tasks", GraphPath.of("me", "planner", "tasks"));
  }

  /**
   * Lists the tasks of a plan.
   *
   * @param planId the plan's id
   * @return the tasks, fetched while they are walked
   * @see <a href="https://learn.microsoft.com/graph/api/plannerplan-list-tasks">List tasks</a>
   */
  public Listing<PlannerTask> tasksOf(String planId) {
    return tasks("list the tasks of a plan", GraphPath.of("planner", "plans", planId, "tasks"));
  }

  /**
   * Reads a task. One request.
   *
   * @param taskId the task's id
   * @return the task
   * @see <a href="https://learn.microsoft.com/graph/api/plannertask-get">Get plannerTask</a>
   */
  public PlannerTask task(String taskId) {
    return read(taskId).read(PlannerTask::fromJson);
  }

  private GraphResponse read(String taskId) {
    return http.send(
        GraphCall.get("read a task", uri(taskId)).scopes("Tasks.Read", "Tasks.ReadWrite"));
  }

  /**
   * Changes a task. Reads the task, asks for the change, and sends it on the condition that the
   * task is still the same version. If somebody else changed the task in between (HTTP 409, 412),
   * reads it and asks again: up to five times, with pauses that double from 0.2 s to 1.6 s, each
   * shortened by up to half.
   *
   * @param taskId the task's id
   * @param change returns the change for the current task; called anew each round, so it should
   *     depend on nothing but the task
   * @return the changed task. Where Graph does not return it and it cannot be read again, the task
   *     that was read, with the change applied
   * @throws PreconditionFailed or {@link Conflict} if others were faster each time
   * @throws OutcomeUnknown if no usable response to the change came; calling again is safe if
   *     {@code change} returns an empty change for a task that needs none
   * @see <a href="https://learn.microsoft.com/graph/api/plannertask-update">Update plannerTask</a>
   */
  public PlannerTask update(String taskId, Function<PlannerTask, TaskChange> change) {
    Retries retries = new Retries(rounds, http.config().time());
    while (true) {
      GraphResponse found = read(taskId);
      PlannerTask task = found.read(PlannerTask::fromJson);
      TaskChange wanted = change.apply(task);
      if (wanted.isEmpty()) {
        return task;
      }
      try {
        return send(task, wanted, found);
      } catch (PreconditionFailed | Conflict overtaken) {
        retries.afterFailure(overtaken);
      }
    }
  }

  /**
   * Completes a task; a completed task is not changed. Throws as {@link #update}.
   *
   * @param taskId the task's id
   * @return the completed task
   */
  public PlannerTask complete(String taskId) {
    return update(
        taskId,
        task -> task.isComplete() ? TaskChange.none() : TaskChange.none().percentComplete(100));
  }

  /**
   * Sends a change on the condition that the task is still the version that was read.
   *
   * @throws GraphException as every call
   */
  private PlannerTask send(PlannerTask task, TaskChange change, GraphResponse found) {
    GraphCall call =
        GraphCall.patch("change a task", uri(task.id()))
            // Planner requires it; "*" would undo what others did.
            .header("If-Match", task.etag())
            .header("Prefer", "return=representation")
            .json(change.toJson())
            .scopes("Tasks.ReadWrite", "Group.ReadWrite.All");
    GraphResponse response = http.send(call);
    if (response.json() != null) {
      return response.read(PlannerTask::fromJson);
    }
    response.requireNothing(CHANGED); // the preference was not honored
    try {
      return task(task.id());
    } catch (GraphException | LatchkeyException e) {
      // The change was made nevertheless.
      return found.read(
          json -> {
            JsonObject changed = json.deepCopy();
            change.toJson().asMap().forEach(changed::add);
            return PlannerTask.fromJson(changed);
          });
    }
  }

  private URI uri(String taskId) {
    return http.uri(GraphPath.of("planner", "tasks", taskId));
  }

  private Listing<PlannerTask> tasks(String action, GraphPath path) {
    GraphCall call = GraphCall.get(action, http.uri(path)).scopes("Tasks.Read", "Tasks.ReadWrite");
    return () -> new PageIterator<>(http, call, PlannerTask::fromJson);
  }
}
