package dev.latchkey.examples.cli.help;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A completion script for the fish shell, which picocli does not write. */
final class FishCompletion {

  private final CommandLine root;
  private final String program;
  private final List<String> lines = new ArrayList<>();

  FishCompletion(CommandLine root) {
    this.root = root;
    this.program = root.getCommandName();
  }

  String script() {
    lines.add("# Completes " + program + " in the fish shell.");
    lines.add(function());
    lines.add("complete -c " + program + " -f");
    command(root.getCommandSpec());
    return String.join("\n", lines) + "\n";
  }

  /**
   * A condition: the words that are neither options nor their values begin with these, and, before
   * a command, are these only. Fish's own condition looks at the words in any order.
   */
  private String function() {
    String valued =
        Stream.concat(Stream.of(root.getCommandSpec()), below(root.getCommandSpec()))
            .flatMap(command -> command.options().stream())
            .filter(option -> takesValue(option))
            .flatMap(option -> Stream.of(option.names()))
            .distinct()
            .sorted()
            .collect(Collectors.joining(" "));
    return """
    function __%1$s_at
        set -l kind $argv[1]
        set -l wanted $argv[2..-1]
        set -l words
        set -l skip 0
        for token in (commandline -opc)[2..-1]
            if test $skip = 1
                set skip 0
            else if contains -- $token %2$s
                set skip 1
            else if not string match -q -- '-*' $token
                set -a words $token
            end
        end
        test $skip = 0 -o $kind = option; or return 1
        test $kind = command -a (count $words) -gt (count $wanted); and return 1
        for i in (seq (count $wanted))
            test "$words[$i]" = "$wanted[$i]"; or return 1
        end
        return 0
    end\
    """
        .formatted(program, valued);
  }

  private static Stream<CommandSpec> below(CommandSpec command) {
    return new CommandDoc(command)
        .commands().stream().flatMap(each -> Stream.concat(Stream.of(each), below(each)));
  }

  private void command(CommandSpec command) {
    String words = command.qualifiedName().substring(program.length()).strip();
    for (CommandSpec each : new CommandDoc(command).commands()) {
      for (String at : List.of(words, ("help " + words).strip())) {
        add(condition("command", at) + " -a " + each.name(), new CommandDoc(each).description());
      }
    }
    command.options().stream()
        .filter(option -> !option.hidden())
        .forEach(option -> option(option, condition("option", words)));
    for (ArgSpec argument : command.positionalParameters()) {
      String values = values(argument);
      if (values != null) {
        add(condition("argument", words) + values, String.join(" ", argument.description()));
      }
    }
    new CommandDoc(command).commands().forEach(this::command);
  }

  private void option(OptionSpec option, String condition) {
    StringBuilder line = new StringBuilder(condition);
    for (String name : option.names()) {
      line.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
    }
    if (takesValue(option)) {
      String values = values(option);
      line.append(values == null ? " -x" : " -r" + values);
    }
    add(line.toString(), String.join(" ", option.description()));
  }

  /** What the value may be; null if nothing is known about it. */
  private static @Nullable String values(ArgSpec argument) {
    if (argument.completionCandidates() != null) {
      return " -f -a "
          + quoted(
              StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                  .collect(Collectors.joining(" ")));
    }
    boolean isFile = argument.type().equals(Path.class);
    return isFile ? " -F" : null;
  }

  private static boolean takesValue(OptionSpec option) {
    return option.arity().max() > 0
        && !option.type().equals(boolean.class)
        && !option.type().equals(boolean[].class);
  }

  private String condition(String how, String words) {
    String at = "__" + program + "_at " + how + (words.isEmpty() ? "" : " " + words);
    return "complete -c " + program + " -n " + quoted(at);
  }

  private void add(String line, String description) {
    lines.add(line + " -d " + quoted(description));
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
