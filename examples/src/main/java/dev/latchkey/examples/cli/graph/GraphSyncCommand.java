package dev.latchkey.examples.cli.graph;

import com.google.gson.JsonObject;
import dev.latchkey.examples.cli.output.CommandError;
import dev.latchkey.examples.cli.output.CommandException;
import dev.latchkey.examples.cli.output.JsonEvents;
import dev.latchkey.examples.cli.output.LocalFileErrors;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.examples.sync.FolderSync;
import dev.latchkey.graph.Drive;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.graph.drive.ItemRef;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "sync",
    description =
        "Mirrors a folder of a drive to a directory. Later runs transfer only what has changed."
            + " Your own changes in the directory are kept.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class GraphSyncCommand extends GraphClientCommand {

  @Mixin private DriveOptions place;

  @Parameters(index = "0", paramLabel = "REMOTE", description = "The folder in the drive.")
  private String remote;

  @Parameters(index = "1", paramLabel = "LOCAL", description = "The local directory.")
  private Path local;

  GraphSyncCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected void run(GraphClient graph, Output output) {
    FolderSync.Listener listener =
        (what, path) -> {
          JsonObject event = JsonEvents.event("synced");
          event.addProperty("what", what.replace(' ', '_'));
          event.addProperty("path", path);
          output.result(event, what + " " + path);
        };
    if (Files.exists(local) && !Files.isDirectory(local)) {
      throw LocalFileErrors.failed(
          local + " is not a directory", "Name a directory; it is created if it does not exist.");
    }
    Drive drive = place.in(graph);
    ItemRef folder = ItemRef.path(remote);
    if (!drive.item(folder).isFolder()) { // checked before anything is created
      throw new CommandException(
          CommandError.wrongUsage(
              remote + " is not a folder",
              "Name a folder; 'latchkey graph get' downloads a single file."),
          null);
    }
    FolderSync sync = new FolderSync(drive, folder, local, listener);
    LocalFileErrors.during("keep the mirror in " + local, sync::run);
  }

  @Override
  protected String whereToLook() {
    return place.whereToLook();
  }
}
