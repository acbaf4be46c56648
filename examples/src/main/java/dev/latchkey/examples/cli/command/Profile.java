package dev.latchkey.examples.cli.command;

import dev.latchkey.examples.cli.output.CommandError;
import dev.latchkey.examples.cli.output.CommandException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options that were written down under a name in the configuration file.
 *
 * @param name empty for no profile
 * @param settings the settings, by the long names of their options without the hyphens
 */
record Profile(String name, Map<String, Setting> settings) {

  static final Profile NONE = new Profile("", Map.of());

  /** The profile that applies if none is named. */
  static final String DEFAULT = "default";

  private static final String OPTION = "--profile";

  /**
   * One line of the file.
   *
   * @param place the file and the line, such as {@code /home/adele/.config/latchkey/config:3}
   */
  record Setting(String value, String place) {}

  /**
   * Reads the profile that the arguments or the environment name, or else the default one if there
   * is one.
   *
   * @throws CommandException if the file is invalid or cannot be read, or has no such profile
   */
  static Profile load(Map<String, String> variables, CommandSpec root, String... args) {
    String wanted = named(variables, args);
    Path directory = ConfigDirectory.of(variables);
    if (directory == null) {
      if (wanted == null) {
        return NONE;
      }
      throw wrong("There is no home directory with a profile '" + wanted + "'", "Set HOME.");
    }
    ConfigFile file = ConfigFile.read(directory.resolve("config"), options(root));
    if (file == null) {
      if (wanted == null) {
        return NONE;
      }
      throw wrong(
          "There is no profile '" + wanted + "', because there is no file " + directory + "/config",
          "Create the file, with a line [" + wanted + "] and lines such as: client-id = ID");
    }
    Map<String, Setting> settings = file.profiles().get(wanted == null ? DEFAULT : wanted);
    if (settings != null) {
      return new Profile(wanted == null ? DEFAULT : wanted, settings);
    } else if (wanted == null) {
      return NONE;
    }
    throw wrong(
        "There is no profile '" + wanted + "' in " + file.path(),
        file.profiles().isEmpty()
            ? "The file has no profiles; one begins with a line [" + wanted + "]."
            : "The file has these: " + String.join(", ", new TreeSet<>(file.profiles().keySet())));
  }

  @Nullable Setting setting(String option) {
    return settings.get(option);
  }

  /** The option is needed before the others are parsed. */
  private static @Nullable String named(Map<String, String> variables, String... args) {
    String named = variables.getOrDefault(OptionDefaults.variable("profile"), "");
    List<String> typed = List.of(args);
    int end = typed.indexOf("--");
    for (int i = 0; i < (end < 0 ? args.length : end); i++) {
      if (args[i].equals(OPTION) && i + 1 < args.length) {
        named = args[i + 1];
      } else if (args[i].startsWith(OPTION + "=")) {
        named = args[i].substring(OPTION.length() + 1);
      }
    }
    return named.isEmpty() ? null : named;
  }

  /** The long names of the options that a profile may set. */
  private static Set<String> options(CommandSpec command) {
    Set<String> names = new HashSet<>();
    for (OptionSpec option : command.options()) {
      if (!option.usageHelp() && !option.versionHelp() && !option.longestName().equals(OPTION)) {
        names.add(OptionDefaults.name(option));
      }
    }
    for (CommandLine subcommand : command.subcommands().values()) {
      names.addAll(options(subcommand.getCommandSpec()));
    }
    return names;
  }

  private static CommandException wrong(String message, String remedy) {
    return new CommandException(CommandError.wrongUsage(message, remedy), null);
  }
}
