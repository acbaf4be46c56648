package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.fixture.Failures;
import dev.latchkey.fixture.FaultyStore.Call;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.internal.concurrent.ListenerQueue;
import dev.latchkey.store.TokenStore.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A sign-out whose deletion fails, among late writes, slow reads and the next sign-in. */
class FailedDeletionTest {

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final RefreshRun run = new RefreshRun(server).signedIn();
  private final SessionStore store = store();

  @Test
  void lateWriteThatCannotBeDeletedEitherDoesNotCount() {
    RecordSnapshot found = loaded();
    run.store.before(Call.WRITE, this::failToSignOut);

    WriteResult late = store.save(found.record().rotated("refresh-1"), found);

    assertThat(late.overtaken()).isTrue();
    assertThat(run.storedRefreshToken()).isEqualTo("refresh-1");
    assertThat(store.load()).isNull();
  }

  @Test
  void versionThatASlowReadMissedDoesNotCount() {
    RecordSnapshot found = loaded();
    List<WriteResult> saved = new ArrayList<>();
    run.store.afterRead(
        () -> {
          saved.add(store.save(found.record().rotated("refresh-1"), found));
          run.store.fail(Call.READ);
        });
    RecordSnapshot slow = loaded();

    failToSignOut();
    run.store.mend(Call.READ);

    assertThat(saved).containsExactly(WriteResult.STORED);
    assertThat(slow.record()).isEqualTo(found.record());
    assertThat(run.storedRefreshToken()).isEqualTo("refresh-1");
    assertThat(store.load()).isNull();
  }

  @Test
  void nextSignInOutlivesTheLateDeletionOfTheSessionBefore() throws Exception {
    RecordSnapshot found = loaded();
    SessionRecord next = run.record(RefreshRun.HOUR).rotated("refresh-of-the-next");
    List<Boolean> inMemory = new ArrayList<>();
    run.store.before(
        Call.WRITE,
        () -> {
          failToSignOut();
          run.store.mend(Call.DELETE);
          inMemory.add(signIn(next).failure() != null);
        });

    WriteResult late;
    try (Lease lease = store.lease()) {
      late = store.save(found.record().rotated("refresh-1"), found);
      assertThat(lease).isNotNull();
    }

    assertThat(inMemory).containsExactly(true);
    assertThat(late.overtaken()).isTrue();
    assertThat(run.isStored()).isFalse();
    assertThat(loaded().record()).isEqualTo(next);
    run.time.finishNextWait();
    assertThat(run.stored()).isEqualTo(next);
  }

  private void failToSignOut() {
    run.store.fail(Call.DELETE);
    TokenStoreFailure failure = Failures.of(TokenStoreFailure.class, store::delete);
    assertThat(failure).isNotNull();
  }

  private WriteResult signIn(SessionRecord record) {
    try {
      return store.replace(record);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private RecordSnapshot loaded() {
    RecordSnapshot current = store.load();
    if (current == null) {
      throw new AssertionError("there is no record");
    }
    return current;
  }

  /** One that waits briefly for the lease. */
  private SessionStore store() {
    ClientConfig patient = run.config();
    ClientConfig config =
        new ClientConfig(
            patient.server(),
            patient.clientId(),
            patient.scopes(),
            patient.refreshWanted(),
            patient.capabilities(),
            patient.store(),
            patient.exchange(),
            patient.workers(),
            patient.callbacks(),
            patient.listener(),
            Duration.ofMillis(20),
            patient.time(),
            patient.clock());
    return new SessionStore(
        config, "a11ce", new ListenerQueue<>(config.listener(), config.callbacks()));
  }
}
