package dev.latchkey.examples.cli.command;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Default values of options from environment variables such as {@code LATCHKEY_CLIENT_ID}. */
public final class EnvironmentDefaults implements IDefaultValueProvider {

  private final Map<String, String> variables;

  public EnvironmentDefaults(Map<String, String> variables) {
    this.variables = variables;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)
        || option.usageHelp()
        || option.versionHelp()
        || option.type().isArray()) { // -v: OutputOptions counts it itself
      return null;
    }
    String value = variables.get(variable(option));
    if (value == null || value.isEmpty()) {
      return null;
    }
    return option.type().equals(boolean.class) ? flag(value) : value;
  }

  static String variable(OptionSpec option) {
    String name =
        Arrays.stream(option.names())
            .max(Comparator.comparingInt(String::length))
            .orElseThrow()
            .replaceFirst("^-+", "");
    return "LATCHKEY_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
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
