package dev.latchkey.examples.cli.graph;

import dev.latchkey.examples.cli.output.CommandError;
import dev.latchkey.examples.cli.output.CommandException;
import dev.latchkey.examples.cli.output.GraphCommandErrors;
import dev.latchkey.examples.cli.output.LocalFileErrors;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.graph.Drive;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.graph.drive.DeltaPage;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.error.RequestRefused;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "delta",
    description = "Lists what has changed in a drive since the last run.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class GraphDeltaCommand extends GraphClientCommand {

  @Mixin private DriveOptions place;

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description = "The file that remembers the last run; without it all items are listed.")
  private @Nullable Path state;

  GraphDeltaCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected void run(GraphClient graph, Output output) {
    if (state != null) {
      LocalFileErrors.checkWritable("--state " + state, state);
    }
    Drive drive = place.in(graph);
    String id = drive.info().id();
    String link = state == null || !Files.exists(state) ? null : read(state, id);
    DeltaPage page;
    do {
      page = page(drive, link);
      for (DriveItem item : page.items()) {
        String path = GraphEvents.path(item);
        String line = item.deleted() ? deleted(path) : GraphEvents.line(item, path);
        output.result(GraphEvents.item(item, id), line);
      }
      link = page.link();
      if (state != null) {
        output.check(state + " was not changed, so nothing is lost. Run the command again.");
        write(state, id, link);
      }
    } while (!page.isLast());
  }

  @Override
  protected String whereToLook() {
    return place.whereToLook();
  }

  /** Fetches a page. A state file that someone has edited may hold any link. */
  private DeltaPage page(Drive drive, @Nullable String link) {
    try {
      return drive.delta(link);
    } catch (IllegalArgumentException | RequestRefused e) {
      if (state == null || link == null) {
        throw e;
      }
      throw new CommandException(
          e instanceof RequestRefused refused
              ? GraphCommandErrors.of(refused, anew(state))
              : noState(state),
          e);
    }
  }

  private static CommandError noState(Path file) {
    return CommandError.wrongUsage(
        "--state " + file + " does not belong to this drive", anew(file));
  }

  private static String anew(Path file) {
    return "Delete " + file + " to start again, or name another file.";
  }

  private static String deleted(String path) {
    return String.format("%12s  %-20s  %s", "deleted", "", path);
  }

  private static String read(Path file, String drive) {
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.size() != 2 || !lines.get(0).equals(drive)) {
        throw new CommandException(noState(file), null);
      }
      return lines.get(1);
    } catch (CharacterCodingException e) {
      throw new CommandException(noState(file), e);
    } catch (IOException e) {
      throw new CommandException(LocalFileErrors.failure("Could not read --state " + file, e), e);
    }
  }

  private static void write(Path file, String drive, String link) {
    try {
      Path next = file.resolveSibling(file.getFileName() + ".next");
      Files.writeString(next, drive + "\n" + link + "\n");
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new CommandException(LocalFileErrors.failure("Could not write --state " + file, e), e);
    }
  }
}
