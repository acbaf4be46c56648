package dev.latchkey.examples.cli.graph;

import com.google.gson.JsonObject;
import dev.latchkey.examples.cli.output.LocalFileErrors;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.examples.cli.terminal.TransferBar;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.graph.drive.ConflictBehavior;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.drive.ItemRef;
import dev.latchkey.graph.drive.UploadOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "put",
    description = "Uploads a file. An interrupted upload resumes where it stopped.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class GraphPutCommand extends GraphClientCommand {

  private static final int MAX_NAME = 100;
  private static final int KEPT_LETTERS = 20;

  @Mixin private DriveOptions place;

  @Option(
      names = "--if-exists",
      paramLabel = "WHAT",
      defaultValue = "replace",
      description = "What to do if the file exists: replace (the default), rename or fail.")
  private String ifExists;

  @Parameters(index = "0", paramLabel = "LOCAL", description = "The local file.")
  private Path local;

  @Parameters(
      index = "1",
      paramLabel = "REMOTE",
      description = "The path in the drive; a folder if it ends with a slash.")
  private String remote;

  GraphPutCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected void run(GraphClient graph, Output output) {
    Path name = local.getFileName();
    if (name == null || !Files.isRegularFile(local)) {
      throw wrongUsage("There is no local file " + local);
    }
    ItemRef target = ItemRef.path(remote.endsWith("/") ? remote + name : remote);
    UploadOptions options = options(name);
    DriveItem item;
    try (TransferBar bar = TransferBar.of(name.toString(), shell)) {
      item =
          LocalFileErrors.during(
              "read " + local, () -> place.in(graph).upload(local, target, options.progress(bar)));
    }
    JsonObject event = GraphEvents.item(item, place.driveId());
    event.addProperty("event", "uploaded");
    output.result(event, local + " was uploaded as " + item.name() + ".");
  }

  @Override
  protected String whereToLook() {
    return place.whereToLook();
  }

  private UploadOptions options(Path name) {
    Path checkpoint = local.toAbsolutePath().resolveSibling("." + shortened(name) + ".upload");
    UploadOptions options = UploadOptions.defaults().conflict(conflictBehavior());
    return Files.isWritable(checkpoint.resolveSibling(""))
        ? options.checkpoint(checkpoint)
        : options;
  }

  /**
   * The name, or the beginning of a long one with its hash: the disk takes no name over 255 bytes.
   */
  private static String shortened(Path name) {
    String whole = name.toString();
    if (whole.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME) {
      return whole;
    }
    UUID hash = UUID.nameUUIDFromBytes(whole.getBytes(StandardCharsets.UTF_8));
    return whole.substring(0, whole.offsetByCodePoints(0, KEPT_LETTERS)) + "~" + hash;
  }

  private ConflictBehavior conflictBehavior() {
    return switch (ifExists) {
      case "replace" -> ConflictBehavior.REPLACE;
      case "rename" -> ConflictBehavior.RENAME;
      case "fail" -> ConflictBehavior.FAIL;
      default -> throw wrongUsage("--if-exists must be replace, rename or fail");
    };
  }
}
