package dev.latchkey.examples;

import org.jspecify.annotations.Nullable;

/** Ends a command with a failure that only the command can put into words. */
final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  CommandFailure(Failure failure, @Nullable Throwable cause) {
    super(failure.message(), cause);
    this.failure = failure;
  }

  Failure failure() {
    return failure;
  }
}
