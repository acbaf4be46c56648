package dev.latchkey.examples.cli.graph;

import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.graph.planner.PlannerTask;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "task-done",
    description = "Completes a Planner task.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class GraphTaskDoneCommand extends GraphClientCommand {

  @Parameters(paramLabel = "ID", description = "The task's id, as 'graph tasks' shows it.")
  private String id;

  GraphTaskDoneCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected void run(GraphClient graph, Output output) {
    PlannerTask task = graph.planner().complete(id);
    output.result(GraphEvents.task(task), "The task is done: " + task.title());
  }

  @Override
  protected String whereToLook() {
    return "Check the id; 'latchkey graph tasks' shows the ids of your tasks.";
  }
}
