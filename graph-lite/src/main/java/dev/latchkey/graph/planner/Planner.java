package dev.latchkey.graph.planner;

import com.google.gson.JsonObject;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.graph.Listing;
import dev.latchkey.graph.error.Conflict;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.error.PreconditionFailed;
import dev.latchkey.graph.http.Answer;
import dev.latchkey.graph.http.Call;
import dev.latchkey.graph.http.GraphHttp;
import dev.latchkey.graph.http.Pages;
import dev.latchkey.graph.http.Route;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;

/**
 * Planner's tasks. Thread-safe. All calls block and throw as {@link dev.latchkey.graph.GraphClient}
 * says. Reading needs {@code Tasks.Read}, changing {@code Tasks.ReadWrite}.
 */
public final class Planner {

  private static final int MOST_ROUNDS = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private final GraphHttp http;

  /**
   * Made by {@link dev.latchkey.graph.GraphClient#planner()}.
   *
   * @param http sends the requests
   */
  public Planner(GraphHttp http) {
    this.http = http;
  }

  /**
   * The tasks that are assigned to the person who is signed in.
   *
   * @return the tasks, fetched while they are walked
   * @see <a href="https://learn.microsoft.com/graph/api/planneruser-list-tasks">List tasks</a>
   */
  public Listing<PlannerTask> myTasks() {
    return tasks("list the person's tasks", Route.of("me", "planner", "tasks"));
  }

  /**
   * The tasks of a plan.
   *
   * @param planId the plan's id
   * @return the tasks, fetched while they are walked
   * @see <a href="https://learn.microsoft.com/graph/api/plannerplan-list-tasks">List tasks</a>
   */
  public Listing<PlannerTask> tasksOf(String planId) {
    return tasks("list the tasks of a plan", Route.of("planner", "plans", planId, "tasks"));
  }

  /**
   * One task as it is now. One request.
   *
   * @param taskId the task's id
   * @return the task
   * @see <a href="https://learn.microsoft.com/graph/api/plannertask-get">Get plannerTask</a>
   */
  public PlannerTask task(String taskId) {
    return PlannerTask.of(look(taskId));
  }

  private Answer look(String taskId) {
    return http.send(Call.get("read a task", uri(taskId)).scopes("Tasks.Read", "Tasks.ReadWrite"));
  }

  /**
   * Changes a task. Reads it, asks what to change, and sends that with the version it was made for.
   * If somebody else changed the task in between (HTTP 409, 412), reads it and asks again: up to
   * five times, with pauses from 0.2 s to 1.6 s.
   *
   * @param taskId the task's id
   * @param change what to change about the task as it is; asked anew each round, so it should look
   *     at nothing but the task
   * @return the task as it is then; as it was, with the change, where Graph does not send it back
   *     and it cannot be read again
   * @throws PreconditionFailed or {@link Conflict} if others were faster each time
   * @throws OutcomeUnknown if no usable answer to the change came; calling again is safe if {@code
   *     change} brings nothing new for a task that is as wanted
   * @see <a href="https://learn.microsoft.com/graph/api/plannertask-update">Update plannerTask</a>
   */
  public PlannerTask update(String taskId, Function<PlannerTask, TaskChange> change) {
    Duration pause = FIRST_PAUSE;
    for (int round = 1; ; round++) {
      Answer found = look(taskId);
      PlannerTask task = PlannerTask.of(found);
      TaskChange wanted = change.apply(task);
      if (wanted.isNone()) {
        return task;
      }
      try {
        return send(task, wanted, found);
      } catch (PreconditionFailed | Conflict overtaken) {
        if (round == MOST_ROUNDS) {
          throw overtaken;
        }
        http.pause(pause);
        pause = pause.multipliedBy(2);
      }
    }
  }

  /**
   * Completes a task; nothing is changed if it is done already. Throws as {@link #update}.
   *
   * @param taskId the task's id
   * @return the task as it is then
   */
  public PlannerTask complete(String taskId) {
    return update(
        taskId,
        task -> task.isComplete() ? TaskChange.none() : TaskChange.none().percentComplete(100));
  }

  /**
   * Sends a change for the version that was read.
   *
   * @throws GraphException as every call
   */
  private PlannerTask send(PlannerTask task, TaskChange change, Answer found) {
    Call call =
        Call.patch("change a task", uri(task.id()))
            // Planner refuses a change without; "*" would undo what others did.
            .header("If-Match", task.etag())
            .header("Prefer", "return=representation")
            .json(change.toJson())
            .scopes("Tasks.ReadWrite", "Group.ReadWrite.All");
    Answer answer = http.send(call);
    if (answer.json() != null) {
      return PlannerTask.of(answer);
    }
    // 204 where the preference is not honoured.
    try {
      return task(task.id());
    } catch (GraphException | LatchkeyException e) {
      // The change was made all the same.
      return found.read(
          json -> {
            JsonObject changed = json.deepCopy();
            change.toJson().asMap().forEach(changed::add);
            return PlannerTask.read(changed);
          });
    }
  }

  private URI uri(String taskId) {
    return http.uri(Route.of("planner", "tasks", taskId));
  }

  private Listing<PlannerTask> tasks(String action, Route route) {
    Call call = Call.get(action, http.uri(route)).scopes("Tasks.Read", "Tasks.ReadWrite");
    return new Pages<>(http, call, PlannerTask::read);
  }
}
