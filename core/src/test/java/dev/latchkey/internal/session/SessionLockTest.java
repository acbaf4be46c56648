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
  private final SessionLock turn =
      new SessionLock(new RecordRepository(run.config()), "a11ce", SHORT, run.time);

  @Test
  void oneAtATime() throws Exception {
    Lease first = turn.take(false, turn.deadline());

    TokenStoreFailure failure =
        Failures.of(TokenStoreFailure.class, () -> turn.take(false, turn.deadline()));
    first.close();
    first.close();
    Lease second = turn.take(false, turn.deadline());
    TokenStoreFailure again =
        Failures.of(TokenStoreFailure.class, () -> turn.take(false, turn.deadline()));
    second.close();

    assertThat(failure.problem()).isEqualTo(Problem.LEASE_TIMEOUT);
    assertThat(again.problem()).isEqualTo(Problem.LEASE_TIMEOUT);
  }

  @Test
  void leaseThatTheStoreRefusesGivesTheTurnBack() throws Exception {
    run.store.fail(Call.LEASE);
    TokenStoreFailure failure =
        Failures.of(TokenStoreFailure.class, () -> turn.take(false, turn.deadline()));
    run.store.mend(Call.LEASE);

    try (Lease lease = turn.take(false, turn.deadline())) {
      assertThat(failure.problem()).isEqualTo(Problem.UNAVAILABLE);
      assertThat(lease).isNotNull();
    }
  }

  @Test
  void withoutTheStoreThreadsStillTakeTurns() throws Exception {
    run.store.fail(Call.LEASE);

    try (Lease lease = turn.take(true, turn.deadline())) {
      TokenStoreFailure failure =
          Failures.of(TokenStoreFailure.class, () -> turn.take(true, turn.deadline()));
      assertThat(failure.problem()).isEqualTo(Problem.LEASE_TIMEOUT);
      assertThat(lease).isNotNull();
    }
  }

  @Test
  void leaseThatAnotherProcessHoldsIsWaitedForEvenIfTheStoreMayFail() throws Exception {
    try (Lease elsewhere = run.store.beneath().lease("a11ce", Duration.ZERO)) {
      TokenStoreFailure failure =
          Failures.of(TokenStoreFailure.class, () -> turn.take(true, turn.deadline()));

      assertThat(failure.problem()).isEqualTo(Problem.LEASE_TIMEOUT);
      assertThat(elsewhere).isNotNull();
    }
  }

  @Test
  void waitsShareOneDeadlineAndAreTriedOnceAfterIt() throws Exception {
    Deadline deadline = turn.deadline();

    for (int wait = 0; wait < 3; wait++) {
      turn.take(false, deadline).close();
      run.time.advance(Duration.ofMillis(15));
    }

    assertThat(run.store.leaseTimeouts())
        .containsExactly(SHORT, SHORT.minusMillis(15), Duration.ZERO);
  }
}
