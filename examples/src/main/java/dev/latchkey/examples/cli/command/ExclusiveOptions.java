package dev.latchkey.examples.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Two options that exclude each other. What is typed counts more than what the environment says.
 *
 * @param command whose options they are
 * @param one its name, such as {@code --entra}
 * @param other the name of the other one
 */
public record ExclusiveOptions(CommandSpec command, String one, String other) {

  /**
   * The one that counts; null if neither was given.
   *
   * @param oneGiven whether one has a value, from wherever
   * @param otherGiven whether the other has
   * @throws ParameterException if both count as much
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
