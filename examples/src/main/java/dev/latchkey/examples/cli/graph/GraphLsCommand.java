package dev.latchkey.examples.cli.graph;

import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.drive.ItemRef;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "ls",
    description = "Lists a folder of a drive.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class GraphLsCommand extends GraphClientCommand {

  @Mixin private DriveOptions place;

  @Parameters(
      paramLabel = "PATH",
      arity = "0..1",
      defaultValue = "/",
      description = "The folder, such as /Reports; the root by default.")
  private String path;

  GraphLsCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected void run(GraphClient graph, Output output) {
    for (DriveItem item : place.in(graph).children(ItemRef.path(path))) {
      output.listed(GraphEvents.item(item, place.driveId()), GraphEvents.line(item));
    }
  }

  @Override
  protected String whereToLook() {
    return place.whereToLook();
  }
}
