package dev.latchkey.examples.cli.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What a person may have meant who mistyped a command or an option. */
public final class Suggestions {

  private static final int MAX = 3;

  private Suggestions() {}

  /** The error of a command that does not exist, with the names of similar ones. */
  public static ParameterException noCommand(CommandLine group, String typed) {
    return new NoCommand(group, typed);
  }

  /** What to try instead, as the beginning of a remedy; empty if nothing is similar. */
  static String instead(CommandSpec command, String typed) {
    if (!typed.startsWith("-")) {
      String group = command.qualifiedName() + " ";
      return question(
          similar(typed, command.subcommands().keySet()).stream()
              .map(name -> "'" + group + name + "'")
              .toList());
    }
    String name = typed.replaceFirst("=.*", "");
    if (command.subcommands().values().stream()
        .anyMatch(each -> each.getCommandSpec().findOption(name) != null)) {
      return "Options come after the command. ";
    }
    return question(
        similar(
            name,
            command.options().stream()
                .filter(option -> !option.hidden())
                .flatMap(option -> Stream.of(option.names()))
                .toList()));
  }

  private static String question(List<String> names) {
    return names.isEmpty()
        ? ""
        : names.stream().collect(Collectors.joining(" or ", "Did you mean ", "? "));
  }

  /** The similar ones among the names, the most similar first. */
  static List<String> similar(String typed, Collection<String> names) {
    return names.stream()
        .filter(name -> !isShortOption(name) && isSimilar(typed, name))
        .sorted(
            Comparator.comparingInt((String name) -> distance(typed, name))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MAX)
        .toList();
  }

  /** Such as -v, which resembles whatever is short. */
  private static boolean isShortOption(String name) {
    return name.length() == 2 && name.startsWith("-");
  }

  private static boolean isSimilar(String typed, String name) {
    String stem = typed.replaceFirst("^-+", "");
    return distance(typed, name) <= Math.max(1, stem.length() / 3)
        || (stem.length() > 2 && name.startsWith(typed));
  }

  /** How many letters are missing, added, changed or swapped with their neighbours. */
  private static int distance(String one, String other) {
    int[][] rows = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          rows[i][j] = i + j;
          continue;
        }
        int changed = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int least =
            Math.min(rows[i - 1][j - 1] + changed, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && one.charAt(i - 1) == other.charAt(j - 2)
                && one.charAt(i - 2) == other.charAt(j - 1);
        rows[i][j] = swapped ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
      }
    }
    return rows[one.length()][other.length()];
  }

  /** A command that does not exist. */
  static final class NoCommand extends ParameterException {

    private static final long serialVersionUID = 1L;

    private final String typed;

    NoCommand(CommandLine group, String typed) {
      super(group, "There is no command '" + named(group, typed) + "'");
      this.typed = typed;
    }

    String typed() {
      return typed;
    }

    /** As people call it: without the name of the program. */
    private static String named(CommandLine group, String typed) {
      String whole = group.getCommandSpec().qualifiedName() + " " + typed;
      return whole.substring(whole.indexOf(' ') + 1);
    }
  }
}
