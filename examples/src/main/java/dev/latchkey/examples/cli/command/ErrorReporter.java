package dev.latchkey.examples.cli.command;

import dev.latchkey.examples.cli.output.CommandError;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Tells of failures on the right stream in the right form, and gives the exit status. */
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
    // Of groups of options picocli says so itself, and 'latchkey:' says it, too.
    String message = String.valueOf(e.getMessage()).replaceFirst("^Error: ", "");
    CommandError failure = CommandError.wrongUsage(message, "Try '" + command + " --help'.");
    return report(failure, wantsJson(args));
  }

  public int failed(Exception e, CommandLine at, ParseResult parsed) {
    Object command = at.getCommand();
    if (command instanceof ShellCommand known && known.showsStackTraces()) {
      e.printStackTrace(shell.err());
    }
    boolean json = command instanceof ShellCommand known && known.outputOptions.json();
    return report(CommandError.of(e), json);
  }

  /** The status of a command that went well, unless what it had to say was lost. */
  public int done(int status) {
    if (!new Output(shell, false).isLost()) {
      return status;
    }
    String message = "Done, but standard output could not be written";
    String remedy = "See where it goes, and what was done, before you run the command again.";
    return report(CommandError.localFile(message, remedy), false);
  }

  private int report(CommandError failure, boolean json) {
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
        || EnvironmentDefaults.flag(variable).equalsIgnoreCase("true");
  }
}
