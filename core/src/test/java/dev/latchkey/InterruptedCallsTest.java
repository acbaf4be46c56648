package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.FaultyStore.Call;
import dev.latchkey.fixture.Gate;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.ScriptedServer;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An interrupt ends the wait for the store; what the call began goes on. */
class InterruptedCallsTest {

  private static final Account ALICE = RefreshRun.account();

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final RefreshRun run = new RefreshRun(server).signedIn();
  private final PublicClient client = run.client();

  @Test
  void interruptEndsTheWaitForTheStoreAndLeavesTheFlagSet() throws Exception {
    List<ThrowingCallable> calls =
        List.of(client::accounts, client::unreadableAccounts, () -> client.status(ALICE));

    for (ThrowingCallable call : calls) {
      Gate gate = new Gate();
      run.store.before(Call.READ, gate::pass);
      assertThat(interrupted(call)).isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
      gate.open();
      run.workers.awaitIdle();
    }
  }

  @Test
  void signOutGoesOnAfterTheInterrupt() throws Exception {
    server.answer("/revoke", Answer.page(200, "text/plain", ""));
    Gate gate = new Gate();
    run.store.before(Call.DELETE, gate::pass);

    Throwable failure = interrupted(() -> client.signOut(ALICE));
    boolean flag = Thread.interrupted();
    boolean before = run.isStored();
    gate.open();
    run.workers.awaitIdle();

    assertThat(failure).isInstanceOf(CancellationException.class);
    assertThat(flag).isTrue();
    assertThat(before).isTrue();
    assertThat(run.isStored()).isFalse();
    assertThat(server.requests("/revoke")).hasSize(1);
  }

  private static Throwable interrupted(ThrowingCallable call) {
    Thread.currentThread().interrupt();
    return catchThrowable(call);
  }
}
