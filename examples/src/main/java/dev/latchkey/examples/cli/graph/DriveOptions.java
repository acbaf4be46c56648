package dev.latchkey.examples.cli.graph;

import dev.latchkey.examples.cli.command.ExclusiveOptions;
import dev.latchkey.graph.Drive;
import dev.latchkey.graph.GraphClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The drive that a command works on. */
final class DriveOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--drive",
      paramLabel = "ID",
      description = "The drive with this id instead of your own.")
  private @Nullable String drive;

  @Option(
      names = "--site",
      paramLabel = "HOST:/PATH",
      description = "The documents of a SharePoint site, such as contoso.sharepoint.com:/sites/hr.")
  private @Nullable String site;

  Drive in(GraphClient graph) {
    String chosen = chosen();
    if (drive != null && "--drive".equals(chosen)) {
      return graph.drives().byId(drive);
    }
    if (site == null) {
      return graph.drives().mine();
    }
    int colon = site.indexOf(':');
    if (colon <= 0) {
      throw wrongUsage("--site must be HOST:/PATH, not '" + site + "'");
    }
    return graph.drives().ofSite(site.substring(0, colon), site.substring(colon + 1));
  }

  /** The remedy if something was not found there; the drive itself may be missing. */
  String whereToLook() {
    String chosen = chosen();
    if (chosen == null) {
      return "Check the path; 'latchkey graph ls /' shows what is there.";
    }
    String place = chosen + " " + (chosen.equals("--site") ? site : drive);
    return "Check the path and "
        + chosen
        + "; 'latchkey graph ls / "
        + place
        + "' shows what is there.";
  }

  /** The drive's id if the person gave it. */
  @Nullable String driveId() {
    return "--drive".equals(chosen()) ? drive : null;
  }

  private @Nullable String chosen() {
    return new ExclusiveOptions(command, "--drive", "--site").chosen(drive != null, site != null);
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
