package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.fixture.Failures;
import dev.latchkey.fixture.FaultyStore.Call;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.internal.concurrent.ListenerQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sign-ins that are stored late, or while another thread signs out, by a store that fails. */
class LateSignInTest {

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final RefreshRun run = new RefreshRun(server);
  private final SessionRecord earlier = run.record(RefreshRun.HOUR).rotated("refresh-earlier");
  private final SessionStore store = store();

  @Test
  void signInThatWaitedForTheStoreReplacesALaterOneWithASpentToken() throws Exception {
    RecordSnapshot later = signedInLater();
    run.store.fail(Call.WRITE);
    store.save(later.record().rotated("refresh-later-2"), later); // redeemed, not stored
    run.store.fail(Call.READ);
    store.replace(earlier);
    run.store.mend(Call.READ);
    run.store.mend(Call.WRITE);

    assertThat(run.storedRefreshToken()).isEqualTo("refresh-later");
    assertThat(loaded().record()).isEqualTo(earlier);
    run.time.finishNextWait();
    assertThat(run.stored()).isEqualTo(earlier);
  }

  @Test
  void laterSignInOfAnotherProcessStillReplacesOneInMemory() {
    run.signedIn();
    loaded();
    run.store.fail(Call.READ);
    store.replace(earlier.signedInLater());
    run.store.mend(Call.READ);
    run.time.advance(Duration.ofMinutes(1));

    run.put(run.record(RefreshRun.HOUR).rotated("refresh-of-another"));

    assertThat(loaded().record().refreshToken()).isEqualTo("refresh-of-another");
  }

  @Test
  void refreshOfASignInDuringASignOutThatFailedKeepsItsToken() {
    run.signedIn();
    loaded();
    List<RecordSnapshot> next = new ArrayList<>();
    run.store.before(
        Call.DELETE,
        () -> {
          next.add(signedInLater());
          run.store.fail(Call.DELETE);
        });
    TokenStoreFailure failure = Failures.of(TokenStoreFailure.class, store::delete);
    run.store.fail(Call.WRITE);

    RecordSnapshot sent = next.get(0);
    WriteResult refreshed = store.save(sent.record().rotated("refresh-later-2"), sent);

    assertThat(failure).hasMessage("the disk is full");
    assertThat(refreshed.overtaken()).isFalse();
    assertThat(loaded().record().refreshToken()).isEqualTo("refresh-later-2");
  }

  @Test
  void refreshOfASignInDuringASignOutLeavesNoSpentTokenInMemory() {
    run.signedIn();
    loaded();
    List<RecordSnapshot> next = new ArrayList<>();
    run.store.before(Call.DELETE, () -> next.add(signedInWithoutLease()));
    store.delete();

    RecordSnapshot sent = next.get(0);
    WriteResult refreshed = store.save(sent.record().rotated("refresh-later-2"), sent);

    assertThat(refreshed).isEqualTo(WriteResult.STORED);
    assertThat(store.inMemory()).isNull();
    assertThat(run.storedRefreshToken()).isEqualTo("refresh-later-2");
  }

  @Test
  void signInThatTheStoreTookUnnoticedIsOverWithTheSignOutThatCameBetween() {
    run.signedIn();
    run.store.fail(Call.DELETE);
    run.store.failAfterWriting(true);
    run.store.before(Call.WRITE, () -> Failures.of(TokenStoreFailure.class, store::delete));
    run.time.advance(Duration.ofMinutes(1));

    WriteResult signedIn = store.replace(run.record(RefreshRun.HOUR).rotated("refresh-later"));
    run.store.failAfterWriting(false);

    assertThat(signedIn).isEqualTo(WriteResult.OVERTAKEN);
    assertThat(run.storedRefreshToken()).isEqualTo("refresh-later");
    assertThat(store.load()).isNull();
  }

  @Test
  void signInThatWaitedForTheLeaseDuringARefreshAndASignOutCounts() {
    run.signedIn();
    run.store.fail(Call.LEASE);
    run.store.before(
        Call.LEASE,
        () -> {
          RecordSnapshot current = loaded();
          store.save(current.record().rotated("refresh-1"), current);
          loaded();
          store.delete();
        });

    store.replace(earlier);

    assertThat(run.isStored()).isFalse();
    assertThat(loaded().record().refreshToken()).isEqualTo("refresh-earlier");
  }

  @Test
  void signInThatCannotReadTheStoreAfterARefreshAndASignOutCounts() {
    run.signedIn();
    run.store.before(
        Call.LEASE,
        () -> {
          RecordSnapshot current = loaded();
          store.save(current.record().rotated("refresh-1"), current);
          loaded();
          store.delete();
          run.store.fail(Call.READ);
        });

    store.replace(earlier);
    run.store.mend(Call.READ);

    assertThat(run.isStored()).isFalse();
    assertThat(loaded().record().refreshToken()).isEqualTo("refresh-earlier");
  }

  @Test
  void signInOfTheSameMillisecondAsTheStoredSessionReplacesIt() {
    run.signedIn();
    run.store.fail(Call.LEASE);
    run.store.before(Call.LEASE, () -> store.markSpending(loaded()));

    store.replace(run.record(RefreshRun.HOUR).rotated("refresh-same-millisecond"));

    assertThat(loaded().record().refreshToken()).isEqualTo("refresh-same-millisecond");
  }

  private RecordSnapshot signedInWithoutLease() {
    run.store.fail(Call.LEASE);
    run.time.advance(Duration.ofMinutes(1));
    store.replace(run.record(RefreshRun.HOUR).rotated("refresh-later"));
    run.store.mend(Call.LEASE);
    return loaded();
  }

  private RecordSnapshot signedInLater() {
    run.time.advance(Duration.ofMinutes(1));
    WriteResult stored = store.replace(run.record(RefreshRun.HOUR).rotated("refresh-later"));
    assertThat(stored).isEqualTo(WriteResult.STORED);
    return loaded();
  }

  private RecordSnapshot loaded() {
    RecordSnapshot current = store.load();
    if (current == null) {
      throw new AssertionError("there is no record");
    }
    return current;
  }

  private SessionStore store() {
    ClientConfig config = run.config();
    return new SessionStore(
        config,
        RefreshRun.account().id(),
        new ListenerQueue<>(config.listener(), config.callbacks()));
  }
}
