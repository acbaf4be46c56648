package dev.latchkey.examples.desktop.state;

import dev.latchkey.graph.planner.PlannerTask;
import java.util.HashSet;
import java.util.Set;

/**
 * The tasks.
 *
 * @param ticking the ids of those that are being completed
 */
public record TaskState(Listed<PlannerTask> listed, Set<String> ticking) {

  static final TaskState EMPTY = new TaskState(Listed.notAsked(), Set.of());

  /** Copies the set. */
  public TaskState {
    ticking = Set.copyOf(ticking);
  }

  /** Whether the box is ticked: as soon as the person ticks it, unless that fails. */
  public boolean isTicked(PlannerTask task) {
    return task.isComplete() || ticking.contains(task.id());
  }

  TaskState listing(Listed<PlannerTask> changed) {
    return new TaskState(changed, ticking);
  }

  TaskState began(String id) {
    Set<String> more = new HashSet<>(ticking);
    more.add(id);
    return new TaskState(listed, more);
  }

  TaskState ended(String id) {
    Set<String> fewer = new HashSet<>(ticking);
    fewer.remove(id);
    return new TaskState(listed, fewer);
  }

  TaskState completed(PlannerTask task) {
    return new TaskState(
        new Listed<>(
            listed.items().stream().map(each -> each.id().equals(task.id()) ? task : each).toList(),
            listed.stage(),
            listed.problem()),
        ended(task.id()).ticking());
  }
}
