package dev.latchkey.examples.cli.output;

import org.jspecify.annotations.Nullable;

/** Ends a command with a failure that only the command can put into words. */
public final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient CommandError failure;

  public CommandException(CommandError failure, @Nullable Throwable cause) {
    super(failure.message(), cause);
    this.failure = failure;
  }

  CommandError failure() {
    return failure;
  }
}
