package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.PublicClient;
import dev.latchkey.SessionListener;
import dev.latchkey.SignIn;
import dev.latchkey.SignInOptions;
import dev.latchkey.SignInResult;
import dev.latchkey.TokenSource;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.Crowd;
import dev.latchkey.fixture.Failures;
import dev.latchkey.fixture.FaultyStore.Call;
import dev.latchkey.fixture.Gate;
import dev.latchkey.fixture.LogCapture;
import dev.latchkey.fixture.OtherThread;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.RotatingServer;
import dev.latchkey.fixture.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The store fails to take a refreshed session, which continues in memory. */
class FailingStoreTest {

  private static final Account ALICE = RefreshRun.account();

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final RefreshRun run = new RefreshRun(server).expired();
  private final RotatingServer rotating = new RotatingServer();
  private final PublicClient client = run.client();
  private final TokenSource tokens = client.tokens(ALICE);

  @Test
  void tokenIsReturnedAndTheListenerIsTold() throws Exception {
    onceSpent(() -> run.store.fail(Call.WRITE));

    AccessToken token = tokens.get();
    run.workers.awaitIdle();

    assertThat(token.value()).isEqualTo("access-1");
    assertThat(tokens.get().value()).isEqualTo("access-1");
    assertThat(run.heard.lines())
        .containsExactly("store failed: UNAVAILABLE", "refreshed access-1");
    assertThat(run.storedRefreshToken()).isEqualTo("refresh-0");
  }

  @Test
  void writeIsTriedAgainWithGrowingPausesUntilItSucceeds() throws Exception {
    onceSpent(() -> run.store.fail(Call.WRITE));
    AccessToken unused = tokens.get();

    for (int i = 0; i < 8; i++) {
      run.time.finishNextWait();
      run.workers.awaitIdle();
    }
    run.store.mend(Call.WRITE);
    run.time.finishNextWait();
    run.workers.awaitIdle();

    assertThat(run.time.waitsInSeconds()).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    assertThat(run.time.pending()).isZero();
    assertThat(run.storedRefreshToken()).isEqualTo("refresh-1");
    assertThat(run.heard.lines())
        .containsExactly("store failed: UNAVAILABLE", "refreshed access-1", "store recovered");
  }

  @Test
  void programThatIsAboutToEndHearsThatTheSessionIsNotStored() throws Exception {
    onceSpent(() -> run.store.fail(Call.WRITE));
    AccessToken unused = tokens.get();

    TokenStoreFailure failure = Failures.of(TokenStoreFailure.class, client::awaitStored);
    run.store.mend(Call.WRITE);
    client.awaitStored();

    assertThat(failure).hasMessage("the disk is full");
    assertThat(run.storedRefreshToken()).isEqualTo("refresh-1");
    assertThat(run.heard.await(3)).endsWith("store recovered");
  }

  @Test
  void programThatIsAboutToEndWaitsForTheRefreshThatRunsBesideIt() throws Exception {
    run.put(run.record(RefreshRun.HOUR));
    run.time.advance(Duration.ofMinutes(56));
    Gate gate = new Gate();
    server.answerBy(
        "/token",
        request ->
            rotating
                .apply(request)
                .after(
                    () -> {
                      gate.pass();
                      run.store.fail(Call.WRITE);
                    }));
    AccessToken cached = tokens.get();
    gate.awaitArrival();
    List<TokenStoreFailure> failures = new CopyOnWriteArrayList<>();
    OtherThread end =
        OtherThread.running(
            () -> failures.add(Failures.of(TokenStoreFailure.class, client::awaitStored)));

    gate.open();
    end.join();

    assertThat(cached.value()).isEqualTo(RefreshRun.ACCESS_TOKEN);
    assertThat(failures).singleElement().asString().contains("the disk is full");
  }

  @Test
  void programWithoutAListenerFindsTheFailureInItsLog() {
    onceSpent(() -> run.store.fail(Call.WRITE));
    TokenSource unheard =
        run.client(builder -> builder.listener(new SessionListener() {})).tokens(ALICE);

    try (LogCapture log = new LogCapture()) {
      AccessToken unused = unheard.get();

      assertThat(log.messages(Level.WARN))
          .containsExactly("session a11ce is kept in memory: the disk is full");
    }
  }

  @Test
  void nextRefreshGoesOnFromMemoryAndStoresIfItCan() throws Exception {
    onceSpent(() -> run.store.fail(Call.WRITE));
    AccessToken unused = tokens.get();
    run.time.advance(RefreshRun.HOUR);
    run.workers.awaitIdle();

    unused = tokens.get();
    run.store.mend(Call.WRITE);
    run.time.advance(RefreshRun.HOUR);
    run.workers.awaitIdle();

    assertThat(rotating.reuses()).isZero();
    assertThat(rotating.redemptions()).hasSize(2);
    assertThat(run.storedRefreshToken()).isEqualTo("refresh-2");
    assertThat(run.heard.lines()).endsWith("store recovered");
  }

  @Test
  void writeThatSucceededButReportedFailureDoesNotBringASpentTokenBack() throws Exception {
    onceSpent(() -> run.store.failAfterWriting(true));
    AccessToken unused = tokens.get(); // the store holds refresh-1 without our knowledge
    server.answerBy("/token", rotating);
    run.store.failAfterWriting(false);
    run.store.fail(Call.WRITE);
    run.store.fail(Call.READ);
    run.time.advance(RefreshRun.HOUR);
    run.workers.awaitIdle();
    unused = tokens.get(); // refresh-2, in memory
    run.store.mend(Call.WRITE);
    run.store.mend(Call.READ);
    run.time.advance(RefreshRun.HOUR);
    run.workers.awaitIdle();

    AccessToken third = tokens.get();

    assertThat(third.value()).isEqualTo("access-3");
    assertThat(rotating.reuses()).isZero();
    assertThat(run.storedRefreshToken()).isEqualTo("refresh-3");
  }

  @Test
  void signOutThatCannotReadTheStoreDoesNotBringASpentTokenBack() {
    onceSpent(() -> run.store.fail(Call.WRITE));
    server.answerAlways("/revoke", Answer.page(200, "text/plain", ""));
    AccessToken unused = tokens.get(); // refresh-1, in memory; the store holds refresh-0, spent
    run.store.fail(Call.READ);
    TokenStoreFailure failure = Failures.of(TokenStoreFailure.class, () -> client.signOut(ALICE));
    run.store.mend(Call.READ);
    run.store.mend(Call.WRITE);

    SignInRequired over = Failures.of(SignInRequired.class, tokens::get);

    assertThat(failure.problem()).isEqualTo(Problem.UNAVAILABLE);
    assertThat(over.reason()).isEqualTo(Reason.SIGNED_OUT);
    assertThat(rotating.reuses()).isZero();
  }

  @Test
  void whileItLivesInMemoryOtherScopeSetsRefreshToo() {
    onceSpent(() -> run.store.fail(Call.WRITE));
    AccessToken unused = tokens.get();
    run.store.fail(Call.READ);
    run.store.fail(Call.LEASE);
    run.store.fail(Call.PREPARE);

    AccessToken mail = client.tokens(ALICE, List.of("Mail.Read")).get();

    assertThat(mail.value()).isEqualTo("access-2");
    assertThat(rotating.reuses()).isZero();
  }

  @Test
  void withoutTheStoresLeaseThreadsStillTakeTurns() {
    onceSpent(() -> run.store.fail(Call.WRITE));
    AccessToken unused = tokens.get();
    run.store.fail(Call.LEASE);
    Crowd crowd = new Crowd();
    for (String scope : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
      crowd.add(4, client.tokens(ALICE, List.of(scope))::get);
    }

    crowd.go();

    assertThat(rotating.reuses()).isZero();
    assertThat(rotating.redemptions()).hasSize(9);
  }

  @ParameterizedTest
  @EnumSource(names = {"READ", "LEASE", "PREPARE", "WRITE"})
  void storeThatFailsBeforeTheRequestCostsNoRefreshToken(Call call) {
    run.store.fail(call, Problem.LOCKED);

    TokenStoreFailure failure = Failures.of(TokenStoreFailure.class, tokens::get);
    run.store.mend(call);
    server.answerBy("/token", rotating);
    AccessToken token = tokens.get();

    assertThat(failure.problem()).isEqualTo(Problem.LOCKED);
    assertThat(token.value()).isEqualTo("access-1");
    assertThat(rotating.reuses()).isZero();
  }

  @Test
  void anotherProcessThatRefreshedMeanwhileCounts() throws Exception {
    onceSpent(() -> run.store.fail(Call.WRITE));
    AccessToken unused = tokens.get();
    run.put(run.refreshedByAnother("refresh-x", "access-x"));
    run.store.mend(Call.WRITE);

    run.time.finishNextWait();
    run.workers.awaitIdle();

    assertThat(run.storedRefreshToken()).isEqualTo("refresh-x");
    assertThat(run.time.pending()).isZero();
    assertThat(run.heard.lines()).endsWith("store recovered");
  }

  @Test
  void olderRecordDoesNotCountHoweverNewItsVersionIs() {
    onceSpent(() -> run.store.fail(Call.WRITE));
    AccessToken unused = tokens.get();
    run.put(run.stored().markedPossiblySpent());

    AccessToken mail = client.tokens(ALICE, List.of("Mail.Read")).get();

    assertThat(mail.value()).isEqualTo("access-2");
    assertThat(rotating.reuses()).isZero();
  }

  @Test
  void signOutByAnotherProcessIsNotUndoneByTheRetry() throws Exception {
    onceSpent(() -> run.store.fail(Call.WRITE));
    AccessToken unused = tokens.get();
    run.delete();
    run.store.mend(Call.WRITE);

    run.time.finishNextWait();
    run.workers.awaitIdle();
    run.time.advance(RefreshRun.HOUR);
    SignInRequired why = Failures.of(SignInRequired.class, tokens::get);

    assertThat(run.isStored()).isFalse();
    assertThat(why.reason()).isEqualTo(Reason.SIGNED_OUT);
    assertThat(run.time.pending()).isZero();
  }

  @Test
  void endOfTheSessionIsRememberedEvenIfItCannotBeStored() throws Exception {
    server.answer("/token", Answer.error("invalid_grant").after(() -> run.store.fail(Call.WRITE)));

    SignInRequired first = Failures.of(SignInRequired.class, tokens::get);
    SignInRequired again = Failures.of(SignInRequired.class, tokens::get);
    run.store.mend(Call.WRITE);
    run.time.finishNextWait();
    run.workers.awaitIdle();

    assertThat(again.reason()).isEqualTo(first.reason());
    assertThat(run.stored().ended()).isEqualTo(Reason.GRANT_REJECTED);
  }

  @Test
  void storeThatBreaksItsContractCostsNoRefreshToken() {
    onceSpent(() -> run.store.failWith(Call.WRITE, new NullPointerException("a bug of the store")));

    AccessToken token = tokens.get();
    AccessToken mail = client.tokens(ALICE, List.of("Mail.Read")).get();

    assertThat(token.value()).isEqualTo("access-1");
    assertThat(mail.value()).isEqualTo("access-2");
    assertThat(rotating.reuses()).isZero();
  }

  @Test
  void damagedRecordIsAFailureAndStaysAsItIs() throws Exception {
    run.damage();

    TokenStoreFailure failure = Failures.of(TokenStoreFailure.class, tokens::get);
    TokenStoreFailure status = Failures.of(TokenStoreFailure.class, () -> client.status(ALICE));
    run.workers.awaitIdle();

    assertThat(failure.problem()).isEqualTo(Problem.DAMAGED);
    assertThat(status.problem()).isEqualTo(Problem.DAMAGED);
    assertThat(run.rawContent()).isEqualTo(RefreshRun.DAMAGED);
  }

  @Test
  void signInOverADamagedRecordLivesInMemoryAndOverwritesNothing() throws Exception {
    run.damage();
    server.answer("/device", Answer.json(200, Body.device()));
    server.answer("/token", Answer.json(200, Body.tokens()));
    SignIn signIn = client.beginSignIn(SignInOptions.NONE.withAccountId(ALICE.id()));
    run.time.finishNextWait();

    SignInResult signedIn = signIn.await();
    for (int i = 0; i < 3; i++) {
      run.time.finishNextWait();
      run.workers.awaitIdle();
    }

    assertThat(Objects.requireNonNull(signedIn.storeFailure()).problem())
        .isEqualTo(Problem.DAMAGED);
    assertThat(tokens.get().value()).isEqualTo(Body.ACCESS_TOKEN);
    assertThat(Objects.requireNonNull(client.status(ALICE)).canRefresh()).isTrue();
    assertThat(run.rawContent()).isEqualTo(RefreshRun.DAMAGED);
    assertThat(run.heard.lines()).containsExactly("store failed: DAMAGED");
  }

  @Test
  void signInThatCouldNotBeStoredIsListed() {
    run.delete();
    server.answer("/device", Answer.json(200, Body.device()));
    server.answer("/token", Answer.json(200, Body.tokens()));
    run.store.fail(Call.WRITE);
    SignIn signIn = client.beginSignIn();
    run.time.finishNextWait();

    SignInResult signedIn = signIn.await();

    assertThat(signedIn.storeFailure()).isNotNull();
    assertThat(client.accounts()).containsExactly(signedIn.account());
    assertThat(client.tokens(signedIn.account()).get().value()).isEqualTo(Body.ACCESS_TOKEN);
  }

  /** What happens to the store between the request that spends a refresh token and its answer. */
  private void onceSpent(Runnable fault) {
    server.answerBy("/token", request -> rotating.apply(request).after(fault));
  }
}
