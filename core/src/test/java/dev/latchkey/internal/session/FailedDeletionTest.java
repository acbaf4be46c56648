package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.PublicClient;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.fixture.Answer;
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
  void lateWriteThatFailsAndIsCarriedOutAllTheSameDoesNotBringTheAccountBack() {
    RecordSnapshot found = loaded();
    run.store.failAfterWriting(true);
    run.store.before(Call.WRITE, this::failToSignOut);

    WriteResult late = store.save(found.record().rotated("refresh-1"), found);
    run.store.failAfterWriting(false);

    assertThat(late.overtaken()).isTrue();
    assertThat(run.storedRefreshToken()).isEqualTo("refresh-1");
    assertThat(store.load()).isNull();
    assertThat(store.inMemory()).isNull();
  }

  @Test
  void refreshByAnotherProcessAfterTheSignOutDoesNotBringTheAccountBack() {
    RecordSnapshot found = loaded();
    failToSignOut();

    run.put(found.record().rotated("refresh-of-another"));

    assertThat(store.load()).isNull();
  }

  @Test
  void signInByAnotherProcessAfterTheSignOutCounts() {
    RecordSnapshot found = loaded();
    failToSignOut();
    run.time.advance(Duration.ofSeconds(1));

    run.put(run.record(RefreshRun.HOUR).rotated("refresh-of-the-next"));

    assertThat(found.record().refreshToken()).isEqualTo(RefreshRun.REFRESH_TOKEN);
    assertThat(loaded().record().refreshToken()).isEqualTo("refresh-of-the-next");
  }

  @Test
  void lateWriteOfTheSessionBeforeDoesNotOvertakeASignInWithAClockSetBack() throws Exception {
    RecordSnapshot found = loaded();
    run.store.failAfterWriting(true);
    run.store.before(Call.WRITE, this::failToSignOut);
    WriteResult late = store.save(found.record().rotated("refresh-1"), found);
    run.time.setWallClock(Duration.ofDays(-1));
    SessionRecord next = run.record(RefreshRun.HOUR).rotated("refresh-of-the-next");

    WriteResult signedIn = signIn(next);
    run.store.failAfterWriting(false);

    assertThat(late.overtaken()).isTrue();
    assertThat(signedIn.failure()).isNotNull();
    assertThat(loaded().record()).isEqualTo(next);
    run.time.finishNextWait();
    assertThat(run.stored()).isEqualTo(next);
  }

  @Test
  void accountThatWasSignedOutInVainIsNoLongerListed() {
    PublicClient client = run.client();
    assertThat(client.accounts()).containsExactly(RefreshRun.account());
    run.store.fail(Call.DELETE);
    server.answerAlways("/revoke", Answer.page(200, "text/plain", ""));

    TokenStoreFailure failure =
        Failures.of(TokenStoreFailure.class, () -> client.signOut(RefreshRun.account()));

    assertThat(failure).hasMessage("the disk is full");
    assertThat(run.isStored()).isTrue();
    assertThat(client.accounts()).isEmpty();
    assertThat(run.client().accounts()).containsExactly(RefreshRun.account());
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
    SessionRecord next = run.record(RefreshRun.HOUR).rotated("refresh-of-the-next").signedInLater();
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
    return store.replace(record);
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
            patient.exactScopes(),
            patient.capabilities(),
            patient.store(),
            patient.exchange(),
            patient.workers(),
            patient.callbacks(),
            patient.listener(),
            Duration.ofMillis(20),
            patient.redirect(),
            patient.time(),
            patient.clock());
    return new SessionStore(
        config, "a11ce", new ListenerQueue<>(config.listener(), config.callbacks()));
  }
}
