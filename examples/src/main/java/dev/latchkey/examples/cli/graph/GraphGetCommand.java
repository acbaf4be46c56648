package dev.latchkey.examples.cli.graph;

import com.google.gson.JsonObject;
import dev.latchkey.examples.cli.output.LocalFileErrors;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.examples.cli.terminal.TransferBar;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.drive.ItemRef;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "get",
    description = "Downloads a file. An interrupted download resumes where it stopped.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class GraphGetCommand extends GraphClientCommand {

  @Mixin private DriveOptions place;

  @Parameters(index = "0", paramLabel = "REMOTE", description = "The file in the drive.")
  private String remote;

  @Parameters(
      index = "1",
      paramLabel = "LOCAL",
      description = "The local file, or a directory to put it in.")
  private Path local;

  GraphGetCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected void run(GraphClient graph, Output output) {
    Path name = Path.of(remote).getFileName();
    if (name == null) {
      throw wrongUsage("REMOTE must be a file");
    }
    Path target = Files.isDirectory(local) ? local.resolve(name.toString()) : local;
    LocalFileErrors.checkWritable(target.toString(), target);
    DriveItem item;
    try (TransferBar bar = TransferBar.of(name.toString(), shell)) {
      item =
          LocalFileErrors.during(
              "write " + target, () -> place.in(graph).download(ItemRef.path(remote), target, bar));
    }
    JsonObject event = GraphEvents.item(item, place.driveId());
    event.addProperty("event", "downloaded");
    event.addProperty("path", target.toString());
    output.result(event, item.name() + " was downloaded to " + target + ".");
  }

  @Override
  protected String whereToLook() {
    return place.whereToLook();
  }
}
