package dev.latchkey.examples.cli.graph;

import com.google.gson.JsonObject;
import dev.latchkey.examples.cli.output.CommandError;
import dev.latchkey.examples.cli.output.CommandException;
import dev.latchkey.examples.cli.output.GraphCommandErrors;
import dev.latchkey.examples.cli.output.JsonEvents;
import dev.latchkey.examples.cli.output.LocalFileErrors;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.examples.sync.FolderSync;
import dev.latchkey.examples.sync.LeftOut;
import dev.latchkey.examples.sync.MirrorIncomplete;
import dev.latchkey.graph.Drive;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.graph.drive.ItemRef;
import dev.latchkey.graph.error.GraphException;
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
    FolderSync sync = new FolderSync(drive, folder, local, new Told(output));
    try {
      LocalFileErrors.during("keep the mirror in " + local, sync::run);
    } catch (MirrorIncomplete e) {
      throw new CommandException(incomplete(e), e);
    }
  }

  /** The error of the first item that Graph refused; else that of a local file. */
  private static CommandError incomplete(MirrorIncomplete e) {
    GraphException refusal = e.refusal();
    String message = String.valueOf(e.getMessage());
    String remedy = "All others are up to date, and the next run tries these again.";
    return refusal == null
        ? CommandError.localFile(message, remedy)
        : GraphCommandErrors.of(refusal).saying(message, remedy);
  }

  /** Prints what a run does. */
  private record Told(Output output) implements FolderSync.Listener {

    @Override
    public void done(String what, String path) {
      output.result(event(what, path), what + " " + path);
    }

    @Override
    public void leftOut(LeftOut item) {
      JsonObject event = event("left out", item.path());
      event.addProperty("reason", item.reason());
      output.result(event, "left out " + item.path() + ": " + item.reason());
    }

    private static JsonObject event(String what, String path) {
      JsonObject event = JsonEvents.event("synced");
      event.addProperty("what", what.replace(' ', '_'));
      event.addProperty("path", path);
      return event;
    }
  }

  @Override
  protected String whereToLook() {
    return place.whereToLook();
  }
}
