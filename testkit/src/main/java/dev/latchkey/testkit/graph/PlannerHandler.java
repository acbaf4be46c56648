package dev.latchkey.testkit.graph;

import com.google.gson.JsonObject;
import java.util.List;

/** Plans and tasks. Planner's errors have no code. */
final class PlannerHandler {

  private final Planner planner;

  PlannerHandler(Planner planner) {
    this.planner = planner;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/me/planner/tasks", this::mine),
        Route.of("GET", "/planner/plans/(?<plan>[^/]+)", this::plan),
        Route.of("GET", "/planner/plans/(?<plan>[^/]+)/tasks", this::ofPlan),
        Route.of("POST", "/planner/tasks", this::create),
        Route.of("GET", "/planner/tasks/(?<task>[^/]+)", this::get),
        Route.of("PATCH", "/planner/tasks/(?<task>[^/]+)", this::update));
  }

  static GraphFailure failure(int status, String message) {
    return GraphFailure.of(status, "", message);
  }

  private GraphAnswer mine(Call call) {
    require(call, Permission.TASKS_READ);
    return Page.of(
        call,
        planner.tasks().stream()
            .map(Planner.PlannedTask::task)
            .filter(task -> task.isAssignedTo(call.person()))
            .skip(Page.position(call))
            .map(Task::json),
        400);
  }

  private GraphAnswer plan(Call call) {
    require(call, Permission.TASKS_READ);
    return GraphAnswer.json(200, find(call, call.id("plan")).json());
  }

  private GraphAnswer ofPlan(Call call) {
    require(call, Permission.TASKS_READ);
    Plan plan = find(call, call.id("plan"));
    return Page.of(
        call, planner.tasksOf(plan).stream().skip(Page.position(call)).map(Task::json), 400);
  }

  private GraphAnswer create(Call call) {
    require(call, Permission.TASKS_WRITE);
    JsonObject body = call.json();
    String planId = Json.string(body, "planId");
    String title = Json.string(body, "title");
    if (planId == null || title == null) {
      throw failure(400, "The request is invalid: a task needs planId and title.");
    }
    Task task = planner.addTask(find(call, planId), title, List.of());
    body.remove("planId");
    task.update(body);
    return GraphAnswer.json(201, task.json());
  }

  private GraphAnswer get(Call call) {
    require(call, Permission.TASKS_READ);
    return GraphAnswer.json(200, Select.of(call).apply(task(call).json()));
  }

  private GraphAnswer update(Call call) {
    require(call, Permission.TASKS_WRITE);
    Task task = task(call);
    String match = call.header("If-Match");
    if (match == null) {
      throw failure(412, "The If-Match header must be specified for this kind of request.");
    }
    if (!match.startsWith("W/\"")) {
      throw failure(400, "The If-Match header contains an invalid value.");
    }
    JsonObject body = call.json();
    synchronized (task) {
      if (!match.equals(task.eTag())) {
        throw failure(
            call.settings().staleTask, "The attempted changes conflict with another update.");
      }
      task.update(body);
      return call.prefers("return=representation")
          ? GraphAnswer.json(200, task.json()).with("Preference-Applied", "return=representation")
          : GraphAnswer.empty(204);
    }
  }

  private Task task(Call call) {
    Planner.PlannedTask found = planner.task(call.id("task"));
    if (found == null) {
      throw failure(404, "The requested item is not found.");
    }
    if (!found.task().isAssignedTo(call.person())
        && !found.plan().team().hasMember(call.person())) {
      throw denied();
    }
    return found.task();
  }

  private Plan find(Call call, String id) {
    Plan plan = planner.plan(id);
    if (plan == null) {
      throw failure(404, "The requested item is not found.");
    }
    if (!plan.team().hasMember(call.person())) {
      throw denied();
    }
    return plan;
  }

  private static GraphFailure denied() {
    return failure(403, "You do not have the required permissions to access this item.");
  }

  private static void require(Call call, Permission permission) {
    call.require(permission, PlannerHandler::denied);
  }
}
