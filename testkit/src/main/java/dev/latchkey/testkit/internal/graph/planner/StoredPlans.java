package dev.latchkey.testkit.internal.graph.planner;

import dev.latchkey.testkit.internal.graph.call.GraphUser;
import dev.latchkey.testkit.internal.graph.team.StoredTeam;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** All plans and their tasks. Thread-safe. */
public final class StoredPlans {

  private final Map<String, StoredPlan> plans = new ConcurrentHashMap<>();
  private final List<StoredTask> tasks = new CopyOnWriteArrayList<>();
  private final InstantSource clock;

  public StoredPlans(InstantSource clock) {
    this.clock = clock;
  }

  public synchronized StoredPlan addPlan(StoredTeam team, String title) {
    var plan = new StoredPlan(shortId("plan", plans.size()), title, team);
    plans.put(plan.id(), plan);
    return plan;
  }

  public synchronized StoredTask addTask(StoredPlan plan, String title, List<GraphUser> assignees) {
    var task = new StoredTask(shortId("task", tasks.size()), plan, title, clock);
    assignees.forEach(task::assign);
    tasks.add(task);
    return task;
  }

  /** Planner's ids have 28 characters and are case-sensitive. */
  private static String shortId(String kind, int number) {
    return "%s-%05d-AbCdEfGhIjKlMnOpQ".formatted(kind, number);
  }

  @Nullable StoredPlan plan(String id) {
    return plans.get(id);
  }

  /** All tasks, in the order of their creation. */
  List<StoredTask> tasks() {
    return tasks;
  }

  /** The tasks of a plan, in the order of their creation. */
  public List<StoredTask> tasksOf(StoredPlan plan) {
    return tasks.stream().filter(task -> task.plan().equals(plan)).toList();
  }

  @Nullable StoredTask task(String id) {
    return tasks.stream().filter(task -> task.id().equals(id)).findFirst().orElse(null);
  }
}
