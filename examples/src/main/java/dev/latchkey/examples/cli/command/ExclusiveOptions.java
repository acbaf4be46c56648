package dev.latchkey.examples.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Two options that exclude each other. A typed option overrides one from the environment, and that
 * overrides one from the profile.
 *
 * @param command the command that has the options
 * @param one the name of one, such as {@code --entra}
 * @param other the name of the other
 */
public record ExclusiveOptions(CommandSpec command, String one, String other) {

  private static final int TYPED = 2;
  private static final int ENVIRONMENT = 1;
  private static final int PROFILE = 0;

  /**
   * The name of the option that applies; null if neither was given.
   *
   * @param oneGiven whether one has a value, however it was given
   * @param otherGiven whether the other has a value
   * @throws ParameterException if both were given in the same way
   */
  public @Nullable String chosen(boolean oneGiven, boolean otherGiven) {
    if (oneGiven != otherGiven) {
      return oneGiven ? one : other;
    } else if (!oneGiven) {
      return null;
    }
    int oneRank = rank(one);
    int otherRank = rank(other);
    if (oneRank != otherRank) {
      return oneRank > otherRank ? one : other;
    }
    String names =
        oneRank == ENVIRONMENT ? variable(one) + " and " + variable(other) : one + " and " + other;
    throw new ParameterException(command.commandLine(), names + " exclude each other");
  }

  private int rank(String option) {
    if (isTyped(option)) {
      return TYPED;
    }
    return OptionDefaults.of(command).isInEnvironment(command.findOption(option))
        ? ENVIRONMENT
        : PROFILE;
  }

  boolean isTyped(String option) {
    return command.commandLine().getParseResult().hasMatchedOption(option);
  }

  private String variable(String option) {
    return OptionDefaults.variable(command.findOption(option));
  }
}
