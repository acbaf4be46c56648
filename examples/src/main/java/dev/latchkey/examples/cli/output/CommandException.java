package dev.latchkey.examples.cli.output;

import org.jspecify.annotations.Nullable;

/** Ends a command with an error that only the command can describe. */
public final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient CommandError error;

  public CommandException(CommandError error, @Nullable Throwable cause) {
    super(error.message(), cause);
    this.error = error;
  }

  CommandError error() {
    return error;
  }
}
