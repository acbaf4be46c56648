package dev.latchkey.examples.cli.command;

import dev.latchkey.examples.cli.output.CommandError;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.LogStream;
import dev.latchkey.examples.cli.terminal.Shell;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Reports errors as text or as JSON, each to its stream, and returns the exit status. */
public final class ErrorReporter {

  private final Shell shell;

  public ErrorReporter(Shell shell) {
    this.shell = shell;
  }

  public int wrongUsage(ParameterException e, String[] args) {
    CommandLine at = e.getCommandLine();
    String command = at.getCommandSpec().qualifiedName();
    if (args.length == 0) {
      at.usage(shell.err());
      return CommandError.WRONG_USAGE;
    }
    // Picocli writes "Error: " before messages about option groups only; "latchkey: " replaces it.
    String message = String.valueOf(e.getMessage()).replaceFirst("^Error: ", "");
    CommandError error = CommandError.wrongUsage(message, "Try '" + command + " --help'.");
    return report(error, wantsJson(args));
  }

  /** Refuses a command line whose letters were lost before it reached this program. */
  public int unreadable(String message, String remedy, String[] args) {
    return report(CommandError.wrongUsage(message, remedy), wantsJson(args));
  }

  public int failed(Exception e, CommandLine at, ParseResult parsed) {
    Object command = at.getCommand();
    if (command instanceof ShellCommand known && known.showsStackTraces()) {
      e.printStackTrace(new LogStream(shell.err(), shell.charset()));
    }
    boolean json = command instanceof ShellCommand known && known.outputOptions.json();
    return report(CommandError.of(e), json);
  }

  /** The status of a command that succeeded, unless its output was lost. */
  public int done(int status) {
    if (!new Output(shell, false).isLost()) {
      return status;
    }
    String message = "The command succeeded, but standard output could not be written";
    String remedy =
        "Check where the output goes and what was done before you run the command again.";
    return report(CommandError.localFile(message, remedy), false);
  }

  private int report(CommandError error, boolean json) {
    Output output = new Output(shell, json);
    if (json) {
      output.event(error.event());
    }
    if (!json || output.isLost()) {
      output.tell(error.text().split("\n", -1));
    }
    return error.status();
  }

  /** A guess: the arguments could not be parsed. */
  private boolean wantsJson(String[] args) {
    String variable = shell.variables().getOrDefault("LATCHKEY_JSON", "");
    return Arrays.asList(args).contains("--json")
        || EnvironmentDefaults.flag(variable).equalsIgnoreCase("true");
  }
}
