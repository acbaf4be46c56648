package dev.latchkey.examples.cli.command;

import dev.latchkey.examples.cli.output.CommandException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Values of options that are not typed: from environment variables such as {@code
 * LATCHKEY_CLIENT_ID}, or else from the profile.
 */
public final class OptionDefaults implements IDefaultValueProvider {

  private final Map<String, String> variables;
  private final Profile profile;
  private final @Nullable CommandException problem;

  private OptionDefaults(
      Map<String, String> variables, Profile profile, @Nullable CommandException problem) {
    this.variables = variables;
    this.profile = profile;
    this.problem = problem;
  }

  /**
   * Reads the profile that the arguments or the environment name.
   *
   * @param root knows all options
   */
  public static OptionDefaults of(Map<String, String> variables, CommandSpec root, String... args) {
    try {
      return new OptionDefaults(variables, Profile.load(variables, root, args), null);
    } catch (CommandException e) { // reported when a command runs: help works all the same
      return new OptionDefaults(variables, Profile.NONE, e);
    }
  }

  static OptionDefaults of(CommandSpec command) {
    return (OptionDefaults) command.defaultValueProvider();
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)
        || option.usageHelp()
        || option.versionHelp()
        || option.type().equals(boolean[].class)) { // -v: OutputOptions counts it itself
      return null;
    }
    String value = value(name(option));
    return value != null && option.type().equals(boolean.class) ? flag(value) : value;
  }

  /** The value of an option, by its long name without hyphens before it; null if it has none. */
  @Nullable String value(String option) {
    String value = variables.getOrDefault(variable(option), "");
    if (!value.isEmpty()) {
      return value;
    }
    Profile.Setting setting = profile.setting(option);
    return setting == null || setting.value().isEmpty() ? null : setting.value();
  }

  boolean isInEnvironment(OptionSpec option) {
    return !variables.getOrDefault(variable(name(option)), "").isEmpty();
  }

  /** Where the profile sets an option that the environment does not set; null if it does not. */
  @Nullable String place(OptionSpec option) {
    Profile.Setting setting = profile.setting(name(option));
    return setting == null || isInEnvironment(option) ? null : setting.place();
  }

  /** What is wrong with the profile; null if nothing is. */
  @Nullable CommandException problem() {
    return problem;
  }

  /** The name of the profile that applies; null if none does. */
  public @Nullable String profileName() {
    return profile.name().isEmpty() ? null : profile.name();
  }

  /** The long name of an option, without the hyphens before it. */
  static String name(OptionSpec option) {
    return Arrays.stream(option.names())
        .max(Comparator.comparingInt(String::length))
        .orElseThrow()
        .replaceFirst("^-+", "");
  }

  static String variable(OptionSpec option) {
    return variable(name(option));
  }

  static String variable(String option) {
    return "LATCHKEY_" + option.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** Translates the usual words; picocli rejects any other. */
  public static String flag(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "1", "yes", "on" -> "true";
      case "0", "no", "off" -> "false";
      default -> value;
    };
  }
}
