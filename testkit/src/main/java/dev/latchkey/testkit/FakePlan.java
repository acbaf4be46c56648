package dev.latchkey.testkit;

import dev.latchkey.testkit.internal.graph.call.GraphUser;
import dev.latchkey.testkit.internal.graph.planner.StoredPlan;
import dev.latchkey.testkit.internal.graph.planner.StoredPlans;
import dev.latchkey.testkit.internal.graph.planner.StoredTask;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A Planner plan of the {@link FakeGraph}, and its tasks. Thread-safe. No method blocks. */
public final class FakePlan {

  private final StoredPlans planner;
  private final StoredPlan plan;
  private final Function<String, GraphUser> people;

  FakePlan(StoredPlans planner, StoredPlan plan, Function<String, GraphUser> people) {
    this.planner = planner;
    this.plan = plan;
    this.people = people;
  }

  /** {@return its id} */
  public String id() {
    return plan.id();
  }

  /**
   * Adds a task.
   *
   * @param title the title
   * @param assignees the usernames of the users it is assigned to
   * @return its id
   * @throws IllegalArgumentException if there is no such user
   */
  public String addTask(String title, String... assignees) {
    List<GraphUser> persons = Stream.of(assignees).map(people).toList();
    return planner.addTask(plan, title, persons).id();
  }

  /**
   * Gives a task a new ETag, as if somebody else had changed it. An update with the old ETag is
   * then answered 412.
   *
   * @param id the task's id
   * @throws IllegalArgumentException if the plan has no such task
   */
  public void touchTask(String id) {
    find(id).touch();
  }

  /**
   * A task as it is now.
   *
   * @param id the task's id
   * @return its state
   * @throws IllegalArgumentException if the plan has no such task
   */
  public PlannedTask task(String id) {
    return state(find(id));
  }

  /** {@return all tasks as they are now, in the order of their creation} */
  public List<PlannedTask> tasks() {
    return planner.tasksOf(plan).stream().map(FakePlan::state).toList();
  }

  private StoredTask find(String id) {
    return planner.tasksOf(plan).stream()
        .filter(task -> task.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("The plan has no task " + id));
  }

  private static PlannedTask state(StoredTask task) {
    return new PlannedTask(task.id(), task.title(), task.percentComplete(), task.version());
  }
}
