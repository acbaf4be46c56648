package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.fixture.Failures;
import dev.latchkey.fixture.FaultyStore.Call;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.internal.concurrent.Deadline;
import dev.latchkey.store.TokenStore.Lease;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Threads take turns, then processes. */
class SessionLockTest {

  private static final Duration SHORT = Duration.ofMillis(20);

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final RefreshRun run = new RefreshRun(server);
  private final SessionLock lock =
      new SessionLock(new RecordRepository(run.config()), "a11ce", SHORT, run.time);

  @Test
  void oneAtATime() throws Exception {
    Lease first = lock.take(false, lock.deadline());

    TokenStoreFailure failure =
        Failures.of(TokenStoreFailure.class, () -> lock.take(false, lock.deadline()));
    first.close();
    first.close();
    Lease second = lock.take(false, lock.deadline());
    TokenStoreFailure again =
        Failures.of(TokenStoreFailure.class, () -> lock.take(false, lock.deadline()));
    second.close();

    assertThat(failure.problem()).isEqualTo(Problem.LEASE_TIMEOUT);
    assertThat(again.problem()).isEqualTo(Problem.LEASE_TIMEOUT);
  }

  @Test
  void leaseThatTheStoreRefusesReleasesTheLock() throws Exception {
    run.store.fail(Call.LEASE);
    TokenStoreFailure failure =
        Failures.of(TokenStoreFailure.class, () -> lock.take(false, lock.deadline()));
    run.store.mend(Call.LEASE);

    try (Lease lease = lock.take(false, lock.deadline())) {
      assertThat(failure.problem()).isEqualTo(Problem.UNAVAILABLE);
      assertThat(lease).isNotNull();
    }
  }

  @Test
  void threadsTakeTurnsEvenWithoutTheStore() throws Exception {
    run.store.fail(Call.LEASE);

    try (Lease lease = lock.take(true, lock.deadline())) {
      TokenStoreFailure failure =
          Failures.of(TokenStoreFailure.class, () -> lock.take(true, lock.deadline()));
      assertThat(failure.problem()).isEqualTo(Problem.LEASE_TIMEOUT);
      assertThat(lease).isNotNull();
    }
  }

  @Test
  void leaseThatAnotherProcessHoldsIsWaitedForEvenIfTheStoreMayFail() throws Exception {
    try (Lease elsewhere = run.store.beneath().lease("a11ce", Duration.ZERO)) {
      TokenStoreFailure failure =
          Failures.of(TokenStoreFailure.class, () -> lock.take(true, lock.deadline()));

      assertThat(failure.problem()).isEqualTo(Problem.LEASE_TIMEOUT);
      assertThat(elsewhere).isNotNull();
    }
  }

  @Test
  void waitsShareOneDeadlineAndTheLockIsTriedOnceAfterIt() throws Exception {
    Deadline deadline = lock.deadline();

    for (int wait = 0; wait < 3; wait++) {
      lock.take(false, deadline).close();
      run.time.advance(Duration.ofMillis(15));
    }

    assertThat(run.store.leaseTimeouts())
        .containsExactly(SHORT, SHORT.minusMillis(15), Duration.ZERO);
  }
}
