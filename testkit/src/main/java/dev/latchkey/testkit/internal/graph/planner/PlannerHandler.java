package dev.latchkey.testkit.internal.graph.planner;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import dev.latchkey.testkit.internal.graph.call.GraphRoute;
import dev.latchkey.testkit.internal.graph.call.JsonMembers;
import dev.latchkey.testkit.internal.graph.call.Page;
import dev.latchkey.testkit.internal.graph.call.Permission;
import dev.latchkey.testkit.internal.graph.call.RoutedCall;
import dev.latchkey.testkit.internal.graph.call.Select;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import java.util.List;

/** Plans and tasks. Planner's errors have no code. */
public final class PlannerHandler {

  private final StoredPlans planner;

  public PlannerHandler(StoredPlans planner) {
    this.planner = planner;
  }

  public List<GraphRoute> routes() {
    return List.of(
        GraphRoute.of("GET", "/me/planner/tasks", this::mine),
        GraphRoute.of("GET", "/planner/plans/(?<plan>[^/]+)", this::plan),
        GraphRoute.of("GET", "/planner/plans/(?<plan>[^/]+)/tasks", this::ofPlan),
        GraphRoute.of("POST", "/planner/tasks", this::create),
        GraphRoute.of("GET", "/planner/tasks/(?<task>[^/]+)", this::get),
        GraphRoute.of("PATCH", "/planner/tasks/(?<task>[^/]+)", this::update));
  }

  static GraphFailure failure(int status, String message) {
    return GraphFailure.of(status, "", message);
  }

  private HttpAnswer mine(RoutedCall call) {
    require(call, Permission.TASKS_READ);
    return Page.of(
        call,
        planner.tasks().stream()
            .filter(task -> task.isAssignedTo(call.person()))
            .skip(Page.position(call))
            .map(StoredTask::json),
        400);
  }

  private HttpAnswer plan(RoutedCall call) {
    require(call, Permission.TASKS_READ);
    return HttpAnswer.json(200, find(call, call.id("plan")).json());
  }

  private HttpAnswer ofPlan(RoutedCall call) {
    require(call, Permission.TASKS_READ);
    StoredPlan plan = find(call, call.id("plan"));
    return Page.of(
        call, planner.tasksOf(plan).stream().skip(Page.position(call)).map(StoredTask::json), 400);
  }

  private HttpAnswer create(RoutedCall call) {
    require(call, Permission.TASKS_WRITE);
    JsonObject body = call.json();
    String planId = JsonMembers.string(body, "planId");
    String title = JsonMembers.string(body, "title");
    if (planId == null || title == null) {
      throw failure(400, "The request is invalid: a task needs planId and title.");
    }
    StoredTask task = planner.addTask(find(call, planId), title, List.of());
    body.remove("planId");
    task.update(body);
    return HttpAnswer.json(201, task.json());
  }

  private HttpAnswer get(RoutedCall call) {
    require(call, Permission.TASKS_READ);
    return HttpAnswer.json(200, Select.of(call).apply(task(call).json()));
  }

  private HttpAnswer update(RoutedCall call) {
    require(call, Permission.TASKS_WRITE);
    StoredTask task = task(call);
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
          ? HttpAnswer.json(200, task.json()).with("Preference-Applied", "return=representation")
          : HttpAnswer.empty(204);
    }
  }

  private StoredTask task(RoutedCall call) {
    StoredTask task = planner.task(call.id("task"));
    if (task == null) {
      throw failure(404, "The requested item is not found.");
    }
    if (!task.isAssignedTo(call.person()) && !task.plan().team().hasMember(call.person())) {
      throw denied();
    }
    return task;
  }

  private StoredPlan find(RoutedCall call, String id) {
    StoredPlan plan = planner.plan(id);
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

  private static void require(RoutedCall call, Permission permission) {
    call.require(permission, PlannerHandler::denied);
  }
}
