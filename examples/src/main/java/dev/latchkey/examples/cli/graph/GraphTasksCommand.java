package dev.latchkey.examples.cli.graph;

import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.graph.planner.PlannerTask;
import picocli.CommandLine.Command;

@Command(
    name = "tasks",
    description = "Lists the Planner tasks that are assigned to you.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class GraphTasksCommand extends GraphClientCommand {

  GraphTasksCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected void run(GraphClient graph, Output output) {
    for (PlannerTask task : graph.planner().myTasks()) {
      output.listed(GraphEvents.task(task), GraphEvents.line(task));
    }
  }
}
