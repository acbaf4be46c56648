package dev.latchkey.examples;

import dev.latchkey.graph.GraphClient;
import dev.latchkey.graph.drive.DeltaPage;
import dev.latchkey.graph.drive.Drive;
import dev.latchkey.graph.drive.DriveItem;
import java.io.IOException;
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
    description = "Lists what changed in a drive since the last time.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class GraphDeltaCommand extends GraphAction {

  @Mixin private DrivePlace place;

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description = "Where it is kept how far the last time got; without it all items are listed.")
  private @Nullable Path state;

  GraphDeltaCommand(Shell shell) {
    super(shell);
  }

  @Override
  void run(GraphClient graph, Output output) {
    if (state != null) {
      LocalFiles.checkWritable("--state " + state, state);
    }
    Drive drive = place.in(graph);
    String id = drive.info().id();
    String link = state == null || !Files.exists(state) ? null : read(state, id);
    DeltaPage page;
    do {
      page = drive.delta(link);
      for (DriveItem item : page.items()) {
        String line = item.deleted() ? deleted(item) : GraphEvents.line(item);
        output.result(GraphEvents.item(item), line);
      }
      link = page.link();
      if (state != null) {
        output.check(state + " was left as it is, so nothing is lost: run the command again.");
        write(state, id, link);
      }
    } while (!page.isLast());
  }

  @Override
  String whereToLook() {
    return place.whereToLook();
  }

  private static String deleted(DriveItem item) {
    String name = item.name() == null ? item.id() : item.name();
    return String.format("%12s  %-20s  %s", "deleted", "", name);
  }

  private String read(Path file, String drive) {
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.size() != 2 || !lines.get(0).equals(drive)) {
        throw wrongUsage(file + " is no state of this drive");
      }
      return lines.get(1);
    } catch (IOException e) {
      throw new CommandFailure(LocalFiles.failure("Could not read --state " + file, e), e);
    }
  }

  private static void write(Path file, String drive, String link) {
    try {
      Path next = file.resolveSibling(file.getFileName() + ".next");
      Files.writeString(next, drive + "\n" + link + "\n");
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new CommandFailure(LocalFiles.failure("Could not write --state " + file, e), e);
    }
  }
}
