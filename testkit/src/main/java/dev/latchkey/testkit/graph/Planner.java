package dev.latchkey.testkit.graph;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** All plans and tasks. Thread-safe. */
public final class Planner {

  private final Map<String, Plan> plans = new ConcurrentHashMap<>();
  private final List<PlannedTask> tasks = new CopyOnWriteArrayList<>();
  private final InstantSource clock;

  /** A task and where it belongs. */
  record PlannedTask(Plan plan, Task task) {}

  Planner(InstantSource clock) {
    this.clock = clock;
  }

  /** Adds a plan to a team. */
  public synchronized Plan addPlan(Team team, String title) {
    Plan plan = new Plan(shortId("plan", plans.size()), title, team);
    plans.put(plan.id(), plan);
    return plan;
  }

  /** Adds a task to a plan. */
  public synchronized Task addTask(Plan plan, String title, List<Person> assignees) {
    Task task = new Task(shortId("task", tasks.size()), plan.id(), title, clock);
    assignees.forEach(task::assign);
    tasks.add(new PlannedTask(plan, task));
    return task;
  }

  /** Planner's ids have 28 characters and mind the case. */
  private static String shortId(String kind, int number) {
    return "%s-%05d-AbCdEfGhIjKlMnOpQ".formatted(kind, number);
  }

  @Nullable Plan plan(String id) {
    return plans.get(id);
  }

  List<PlannedTask> tasks() {
    return tasks;
  }

  /** {@return the tasks of a plan, in the order in which they came to be} */
  public List<Task> tasksOf(Plan plan) {
    return tasks.stream().filter(each -> each.plan().equals(plan)).map(PlannedTask::task).toList();
  }

  @Nullable PlannedTask task(String id) {
    return tasks.stream().filter(each -> each.task().id().equals(id)).findFirst().orElse(null);
  }
}
