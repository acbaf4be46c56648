package dev.latchkey.examples.cli.command;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a command prints its results and its log. */
public final class OutputOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  // Without the fallback value picocli reads --json beside LATCHKEY_JSON=true as "false".
  @Option(
      names = "--json",
      fallbackValue = "true",
      description = "Print one JSON object per line on standard output, and nothing else there.")
  private boolean json;

  @Option(
      names = {"-v", "--verbose"},
      description = "Log to standard error; -vv logs more and shows stack traces.")
  private boolean[] verbose = {};

  public boolean json() {
    return json;
  }

  /**
   * Returns 0 for no log, 1 for INFO, 2 for DEBUG.
   *
   * @param elsewhere the value from the environment or the profile; null if there is none
   */
  int verbosity(@Nullable String elsewhere) {
    if (verbose.length > 0) {
      return Math.min(verbose.length, 2);
    } else if (elsewhere == null) {
      return 0;
    }
    return switch (OptionDefaults.flag(elsewhere).toLowerCase(Locale.ROOT)) {
      case "false" -> 0;
      case "true" -> 1;
      case "2" -> 2;
      default ->
          throw new ParameterException(
              command.commandLine(),
              "--verbose must be 0, 1 or 2 where it is not typed, not '" + elsewhere + "'");
    };
  }
}
