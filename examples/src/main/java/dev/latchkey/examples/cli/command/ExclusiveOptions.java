package dev.latchkey.examples.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Two options that exclude each other. A typed option overrides one from the environment.
 *
 * @param command the command that has the options
 * @param one the name of one, such as {@code --entra}
 * @param other the name of the other
 */
public record ExclusiveOptions(CommandSpec command, String one, String other) {

  /**
   * The name of the option that applies; null if neither was given.
   *
   * @param oneGiven whether one has a value, typed or from the environment
   * @param otherGiven whether the other has a value
   * @throws ParameterException if both were typed, or both come from the environment
   */
  public @Nullable String chosen(boolean oneGiven, boolean otherGiven) {
    if (oneGiven != otherGiven) {
      return oneGiven ? one : other;
    } else if (!oneGiven) {
      return null;
    }
    boolean oneTyped = isTyped(one);
    if (oneTyped != isTyped(other)) {
      return oneTyped ? one : other;
    }
    String names = oneTyped ? one + " and " + other : variable(one) + " and " + variable(other);
    throw new ParameterException(command.commandLine(), names + " exclude each other");
  }

  boolean isTyped(String option) {
    return command.commandLine().getParseResult().hasMatchedOption(option);
  }

  private String variable(String option) {
    return EnvironmentDefaults.variable(command.findOption(option));
  }
}
