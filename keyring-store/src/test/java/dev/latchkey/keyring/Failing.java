package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.TokenStoreFailure;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Calls that have to fail, typed, with a remedy and in time. */
final class Failing {

  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final int TRIES = 3;

  private Failing() {}

  static TokenStoreFailure within(Duration limit, ThrowingCallable call) {
    long start = System.nanoTime();
    TokenStoreFailure failure = catchThrowableOfType(TokenStoreFailure.class, call);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(failure).isNotNull();
    assertThat(failure.remedy()).isNotBlank();
    assertThat(took).as(failure.toString()).isLessThan(limit);
    return failure;
  }

  /** In under a second; a machine that was busy with something else gets two more tries. */
  static TokenStoreFailure atOnce(ThrowingCallable call) {
    for (int tries = 1; tries < TRIES; tries++) {
      try {
        return within(SHORT, call);
      } catch (AssertionError late) {
        System.out.println("once more: " + late.getMessage());
      }
    }
    return within(SHORT, call);
  }
}
