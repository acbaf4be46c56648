package dev.latchkey.examples.cli.command;

import dev.latchkey.examples.cli.output.CommandError;
import dev.latchkey.examples.cli.output.CommandException;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.LogStream;
import dev.latchkey.examples.cli.terminal.Shell;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports errors as text or as JSON, each to its stream, and returns the exit status. */
public final class ErrorReporter {

  private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

  private final Shell shell;
  private final OptionDefaults defaults;

  public ErrorReporter(Shell shell, OptionDefaults defaults) {
    this.shell = shell;
    this.defaults = defaults;
  }

  public int wrongUsage(ParameterException e, String[] args) {
    CommandLine at = e.getCommandLine();
    CommandSpec command = at.getCommandSpec();
    CommandException problem = defaults.problem();
    if (args.length == 0) {
      at.usage(shell.err());
      return CommandError.WRONG_USAGE;
    } else if (problem != null) { // then an option may seem to be missing
      return report(CommandError.of(problem), wantsJson(args));
    }
    ParameterException named = named(e);
    // Picocli writes "Error: " before messages about option groups only; "latchkey: " replaces it.
    String message = String.valueOf(named.getMessage()).replaceFirst("^Error: ", "");
    String help = "Try '" + command.qualifiedName() + " --help'.";
    CommandError error =
        CommandError.wrongUsage(
            message + place(command, message, args), instead(named, command) + help);
    return report(error, wantsJson(args));
  }

  /** In a group, what picocli calls an unmatched argument is the name of a command. */
  private static ParameterException named(ParameterException e) {
    CommandLine at = e.getCommandLine();
    return e instanceof UnmatchedArgumentException unmatched
            && !unmatched.isUnknownOption()
            && !at.getSubcommands().isEmpty()
        ? Suggestions.noCommand(at, unmatched.getUnmatched().get(0))
        : e;
  }

  private static String instead(ParameterException e, CommandSpec command) {
    if (e instanceof Suggestions.NoCommand none) {
      return Suggestions.instead(command, none.typed());
    }
    return e instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()
        ? Suggestions.instead(command, unmatched.getUnmatched().get(0))
        : "";
  }

  /** Where the profile sets the option that the message is about, in parentheses. */
  private String place(CommandSpec command, String message, String[] args) {
    List<String> places =
        OPTION
            .matcher(message)
            .results()
            .map(MatchResult::group)
            .filter(name -> Arrays.stream(args).noneMatch(arg -> isTyped(name, arg)))
            .map(command::findOption)
            .filter(Objects::nonNull) // the name of an option that does not exist
            .flatMap(option -> place(option).stream())
            .distinct()
            .toList();
    return places.isEmpty() ? "" : " (" + String.join(", ", places) + ")";
  }

  private List<String> place(OptionSpec option) {
    String place = defaults.place(option);
    return place == null ? List.of() : List.of(place);
  }

  private static boolean isTyped(String name, String arg) {
    return arg.equals(name) || arg.startsWith(name + "=");
  }

  /** Refuses a command line whose letters were lost before it reached this program. */
  public int unreadable(String message, String remedy, String[] args) {
    return report(CommandError.wrongUsage(message, remedy), wantsJson(args));
  }

  public int failed(Exception e, CommandLine at, ParseResult parsed) {
    Object command = at.getCommand();
    CommandError error = CommandError.of(e);
    if (error.status() == CommandError.READER_GONE) {
      return error.status(); // nobody wants to know
    }
    if (command instanceof ShellCommand known && known.showsStackTraces()) {
      e.printStackTrace(new LogStream(shell.err(), shell.charset()));
    }
    boolean json = command instanceof ShellCommand known && known.outputOptions.json();
    return report(error, json);
  }

  /** The status of a command that succeeded, unless its output was lost. */
  public int done(int status) {
    Output output = new Output(shell, false);
    if (!output.isLost()) {
      return status;
    } else if (output.isReaderGone()) {
      return CommandError.READER_GONE;
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
    String json = defaults.value("json");
    return Arrays.asList(args).contains("--json")
        || (json != null && OptionDefaults.flag(json).equalsIgnoreCase("true"));
  }
}
