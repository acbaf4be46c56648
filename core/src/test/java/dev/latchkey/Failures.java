package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.LatchkeyException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** Calls that have to fail. */
final class Failures {

  private Failures() {}

  /** What the call throws, which is of this type and no other. */
  static <T extends LatchkeyException> T of(Class<T> type, ThrowingCallable call) {
    @Nullable T failure = catchThrowableOfType(type, call);
    assertThat(failure).isExactlyInstanceOf(type);
    return failure;
  }
}
