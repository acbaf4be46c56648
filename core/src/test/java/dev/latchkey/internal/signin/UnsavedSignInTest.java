package dev.latchkey.internal.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.SignInOptions;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.Failures;
import dev.latchkey.fixture.FaultyStore.Call;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.internal.session.SessionRecord;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The store takes a sign-in late: what other processes do meanwhile is not undone. */
class UnsavedSignInTest {

  private static final Account ALICE = RefreshRun.account();

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final RefreshRun run = new RefreshRun(server).expired();
  private final PublicClient client = run.client();

  @ParameterizedTest
  @EnumSource(names = {"WRITE", "LEASE"})
  void signOutByAnotherProcessIsNotUndoneByTheRetry(Call failing) throws Exception {
    signInWhileFailing(failing);
    run.delete();

    storeAgain(failing);
    run.time.advance(RefreshRun.HOUR);
    SignInRequired why = Failures.of(SignInRequired.class, client.tokens(ALICE)::get);

    assertThat(run.isStored()).isFalse();
    assertThat(client.accounts()).isEmpty();
    assertThat(why.reason()).isEqualTo(Reason.SIGNED_OUT);
    assertThat(run.heard.lines()).containsExactly("store failed: UNAVAILABLE", "store recovered");
    assertThat(run.time.pending()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"READ", "WRITE", "LEASE"})
  void laterSignInOfAnotherProcessIsNotOverwritten(Call failing) throws Exception {
    signInWhileFailing(failing);
    run.time.advance(Duration.ofMillis(500));
    run.put(run.refreshedByAnother("refresh-of-the-later", "access-x"));

    storeAgain(failing);

    assertThat(run.storedRefreshToken()).isEqualTo("refresh-of-the-later");
    assertThat(run.heard.lines()).endsWith("store recovered");
    assertThat(run.time.pending()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"READ", "WRITE", "LEASE"})
  void refreshOfThePreviousSessionByAnotherProcessIsOverwritten(Call failing) throws Exception {
    SessionRecord before = run.stored();
    signInWhileFailing(failing);
    run.put(before.rotated("refresh-of-the-old-session"));

    storeAgain(failing);

    assertThat(run.storedRefreshToken()).isEqualTo(Body.REFRESH_TOKEN);
    assertThat(run.time.pending()).isZero();
  }

  /** A keyring may report a failure and keep the record all the same. */
  @Test
  void refreshByAnotherProcessOfASignInThatWasStoredDespiteTheFailureIsNotOverwritten()
      throws Exception {
    run.store.failAfterWriting(true);
    signInWhileFailing(Call.DELETE);
    run.put(run.stored().rotated("refresh-of-another"));
    run.store.failAfterWriting(false);

    storeAgain(Call.DELETE);

    assertThat(run.storedRefreshToken()).isEqualTo("refresh-of-another");
  }

  @Test
  void recordWrittenWithAClockAheadIsOverwritten() throws Exception {
    run.time.advance(Duration.ofDays(365));
    run.put(run.record(RefreshRun.HOUR));
    run.time.setWallClock(Duration.ofDays(-365));
    signInWhileFailing(Call.WRITE);

    storeAgain(Call.WRITE);

    assertThat(run.storedRefreshToken()).isEqualTo(Body.REFRESH_TOKEN);
  }

  @Test
  void signInWithoutAnEarlierRecordIsStoredInTheEnd() throws Exception {
    run.delete();
    signInWhileFailing(Call.WRITE);

    storeAgain(Call.WRITE);

    assertThat(run.storedRefreshToken()).isEqualTo(Body.REFRESH_TOKEN);
    assertThat(client.accounts()).extracting(Account::id).containsExactly(ALICE.id());
  }

  @Test
  void signInThatWasRefreshedInMemoryIsStillOvertakenByASignOut() throws Exception {
    signInWhileFailing(Call.WRITE);
    run.time.sleep(RefreshRun.HOUR);
    server.answer("/token", Answer.json(200, Body.tokens().with("access_token", "access-2")));
    AccessToken refreshed = client.tokens(ALICE).get();
    run.delete();

    storeAgain(Call.WRITE);

    assertThat(refreshed.value()).isEqualTo("access-2");
    assertThat(run.isStored()).isFalse();
  }

  private void signInWhileFailing(Call call) {
    server.answer("/device", Answer.json(200, Body.device()));
    server.answer("/token", Answer.json(200, Body.tokens()));
    run.store.fail(call);
    SignIn signIn = client.beginSignIn(SignInOptions.NONE.withAccountId(ALICE.id()));
    run.time.finishNextWait();
    assertThat(signIn.await().storeFailure()).isNotNull();
  }

  /** Repairs the store and lets the retry run. */
  private void storeAgain(Call call) throws InterruptedException {
    run.store.mend(call);
    run.time.finishNextWait();
    run.workers.awaitIdle();
  }
}
