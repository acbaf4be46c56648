package dev.latchkey.examples;

import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Tells of failures on the right stream in the right form, and gives the exit status. */
final class Failures {

  private final Shell shell;

  Failures(Shell shell) {
    this.shell = shell;
  }

  int wrongUsage(ParameterException e, String[] args) {
    CommandLine at = e.getCommandLine();
    String command = at.getCommandSpec().qualifiedName();
    if (args.length == 0) {
      at.usage(shell.err());
      return Failure.WRONG_USAGE;
    }
    // Of groups of options picocli says so itself, and 'latchkey:' says it, too.
    String message = String.valueOf(e.getMessage()).replaceFirst("^Error: ", "");
    Failure failure = Failure.wrongUsage(message, "Try '" + command + " --help'.");
    return report(failure, wantsJson(args));
  }

  int failed(Exception e, CommandLine at, ParseResult parsed) {
    Object command = at.getCommand();
    if (command instanceof ShellCommand known && known.showsStackTraces()) {
      e.printStackTrace(shell.err());
    }
    boolean json = command instanceof ShellCommand known && known.outputOptions.json();
    return report(Failure.of(e), json);
  }

  /** The status of a command that went well, unless what it had to say was lost. */
  int done(int status) {
    if (!new Output(shell, false).isLost()) {
      return status;
    }
    String message = "Done, but standard output could not be written";
    String remedy = "See where it goes, and what was done, before you run the command again.";
    return report(Failure.localFile(message, remedy), false);
  }

  private int report(Failure failure, boolean json) {
    Output output = new Output(shell, json);
    if (json) {
      output.event(failure.event());
    }
    if (!json || output.isLost()) {
      output.tell(failure.text());
    }
    return failure.status();
  }

  /** As far as it can be told of arguments that could not be parsed. */
  private boolean wantsJson(String[] args) {
    String variable = shell.variables().getOrDefault("LATCHKEY_JSON", "");
    return Arrays.asList(args).contains("--json")
        || VariableDefaults.flag(variable).equalsIgnoreCase("true");
  }
}
