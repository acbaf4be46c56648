package dev.latchkey.examples.cli.graph;

import dev.latchkey.examples.cli.output.CommandException;
import dev.latchkey.examples.cli.output.GraphCommandErrors;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.graph.Drive;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.graph.drive.DeltaPage;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.NotFound;
import dev.latchkey.graph.error.RequestRefused;
import java.nio.file.Path;
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
    DeltaState remembered = state == null ? null : new DeltaState(state);
    if (remembered != null) {
      remembered.check();
    }
    Drive drive = place.in(graph);
    String id = drive.info().id();
    String link = remembered == null ? null : remembered.read(id);
    DeltaPaths paths = new DeltaPaths(drive);
    DeltaPage page;
    do {
      page = page(drive, link, remembered);
      for (DriveItem item : page.items()) {
        String path = paths.of(item);
        String line = item.deleted() ? deleted(path) : GraphEvents.line(item, path);
        output.result(GraphEvents.item(item, id), line);
      }
      link = page.link();
      if (remembered != null) {
        output.check(state + " was not changed, so nothing is lost. Run the command again.");
        remembered.write(id, link);
      }
    } while (!page.isLast());
  }

  @Override
  protected String whereToLook() {
    return place.whereToLook();
  }

  /** Fetches a page. A state file may be old, and one that someone has edited may hold any link. */
  private static DeltaPage page(
      Drive drive, @Nullable String link, @Nullable DeltaState remembered) {
    try {
      return drive.delta(link);
    } catch (IllegalArgumentException | RequestRefused | NotFound e) {
      if (remembered == null || link == null) {
        throw e;
      }
      throw new CommandException(
          e instanceof GraphException refused
              ? GraphCommandErrors.of(refused, remembered.anew())
              : remembered.foreign(),
          e);
    }
  }

  private static String deleted(String path) {
    return String.format("%12s  %-20s  %s", "deleted", "", path);
  }
}
