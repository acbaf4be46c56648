package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.AccessToken;
import dev.latchkey.AccessToken.Source;
import dev.latchkey.Account;
import dev.latchkey.PublicClient;
import dev.latchkey.SignOutResult;
import dev.latchkey.TokenSource;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.Failures;
import dev.latchkey.fixture.FaultyStore.Call;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.ScriptedServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Another process changes the record: its tokens are adopted, and nothing is undone. */
class AnotherProcessTest {

  private static final Account ALICE = RefreshRun.account();

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final RefreshRun run = new RefreshRun(server).signedIn();
  private final TokenSource tokens = run.tokens();

  @Test
  void newerTokenOfAnotherIsAdoptedOnceTheOwnHasExpired() {
    AccessToken own = tokens.get();
    run.time.advance(RefreshRun.HOUR);
    run.put(run.refreshedByAnother("refresh-x", "access-x"));

    AccessToken token = tokens.get();

    assertThat(own.value()).isEqualTo(RefreshRun.ACCESS_TOKEN);
    assertThat(token.value()).isEqualTo("access-x");
    assertThat(token.source()).isEqualTo(Source.ADOPTED);
    assertThat(tokens.get().source()).isEqualTo(Source.CACHE);
  }

  @Test
  void newerTokenOfAnotherIsAdoptedWhenTheOwnIsDue() throws Exception {
    AccessToken own = tokens.get();
    run.time.advance(Duration.ofMinutes(56));
    run.put(run.refreshedByAnother("refresh-x", "access-x"));

    AccessToken meanwhile = tokens.get();
    run.workers.awaitIdle();

    assertThat(meanwhile).isEqualTo(own);
    assertThat(tokens.get().value()).isEqualTo("access-x");
  }

  @Test
  void tokenThatAnotherBringsWhileThisWaitsForTheLeaseIsAdopted() {
    AccessToken unused = tokens.get();
    run.time.advance(RefreshRun.HOUR);
    run.store.before(Call.LEASE, () -> run.put(run.refreshedByAnother("refresh-x", "access-x")));

    AccessToken token = tokens.get();

    assertThat(token.value()).isEqualTo("access-x");
    assertThat(token.source()).isEqualTo(Source.ADOPTED);
  }

  @Test
  void tokenThatAnotherBringsIsAdoptedAlthoughTheLeaseWasNotFreeInTime() {
    run.time.advance(RefreshRun.HOUR);
    run.store.before(Call.LEASE, () -> run.put(run.refreshedByAnother("refresh-x", "access-x")));
    run.store.fail(Call.LEASE, Problem.LEASE_TIMEOUT);

    AccessToken token = tokens.get();

    assertThat(token.value()).isEqualTo("access-x");
    assertThat(token.source()).isEqualTo(Source.ADOPTED);
  }

  @Test
  void leaseThatIsNotFreeInTimeIsReportedIfNobodyBringsAToken() {
    run.time.advance(RefreshRun.HOUR);
    run.store.fail(Call.LEASE, Problem.LEASE_TIMEOUT);

    TokenStoreFailure failure = Failures.of(TokenStoreFailure.class, tokens::get);

    assertThat(failure.problem()).isEqualTo(Problem.LEASE_TIMEOUT);
  }

  @Test
  void rejectedRefreshTokenDoesNotEndTheSessionIfTheStoreHoldsAnother() {
    run.time.advance(RefreshRun.HOUR);
    server.answer(
        "/token",
        Answer.error("invalid_grant")
            .after(() -> run.put(run.refreshedByAnother("refresh-x", "access-x"))));

    AccessToken token = tokens.get();

    assertThat(token.value()).isEqualTo("access-x");
    assertThat(run.stored().ended()).isNull();
  }

  @Test
  void anotherRefreshTokenInTheStoreIsRedeemedAfterARefusal() {
    run.time.advance(RefreshRun.HOUR);
    SessionRecord other = run.record(Duration.ofSeconds(1)).rotated("refresh-x");
    server.answer(
        "/token",
        Answer.error("invalid_grant").after(() -> run.put(other)),
        Answer.json(200, Body.tokens()));

    run.time.advance(Duration.ofSeconds(1));
    AccessToken token = tokens.get();

    assertThat(token.value()).isEqualTo(Body.ACCESS_TOKEN);
    assertThat(server.requests("/token"))
        .extracting(request -> request.form().get("refresh_token"))
        .containsExactly(RefreshRun.REFRESH_TOKEN, "refresh-x");
  }

  @Test
  void secondLookWaitsForTheLeaseOnlyUntilTheSameDeadline() {
    run.time.advance(RefreshRun.HOUR);
    SessionRecord other = run.stored().rotated("refresh-x");
    run.store.before(
        Call.WRITE,
        () -> {
          run.put(other);
          run.time.advance(Duration.ofSeconds(50));
        });
    server.answer("/token", Answer.json(200, Body.tokens()));

    AccessToken token = tokens.get();

    assertThat(token.value()).isEqualTo(Body.ACCESS_TOKEN);
    assertThat(run.store.leaseTimeouts())
        .containsExactly(Duration.ofSeconds(60), Duration.ofSeconds(10));
  }

  @Test
  void signOutByAnotherDuringTheRefreshIsNotUndone() {
    run.time.advance(RefreshRun.HOUR);
    server.answer("/token", Answer.json(200, Body.tokens()).after(run::delete));

    SignInRequired why = Failures.of(SignInRequired.class, tokens::get);

    assertThat(why.reason()).isEqualTo(Reason.SIGNED_OUT);
    assertThat(run.isStored()).isFalse();
  }

  @Test
  void newRefreshTokenIsNotLostToAWriteThatDidNotRedeem() {
    run.time.advance(RefreshRun.HOUR);
    SessionRecord doubted = run.stored().markedPossiblySpent();
    server.answer("/token", Answer.json(200, Body.tokens()).after(() -> run.put(doubted)));

    AccessToken token = tokens.get();

    assertThat(token.value()).isEqualTo(Body.ACCESS_TOKEN);
    assertThat(run.storedRefreshToken()).isEqualTo(Body.REFRESH_TOKEN);
    assertThat(run.stored().possiblySpent()).isFalse();
  }

  @Test
  void signInByAnotherDuringTheRefreshCounts() {
    run.time.advance(RefreshRun.HOUR);
    server.answer(
        "/token",
        Answer.json(200, Body.tokens())
            .after(() -> run.put(run.refreshedByAnother("refresh-x", "access-x"))));

    AccessToken token = tokens.get();

    assertThat(token.value()).isEqualTo("access-x");
    assertThat(run.storedRefreshToken()).isEqualTo("refresh-x");
  }

  @Test
  void accountOfAnotherClientIdIsNotListed() {
    run.time.advance(RefreshRun.HOUR);
    PublicClient stranger = run.client(builder -> builder.clientId("another"));

    SignInRequired why = Failures.of(SignInRequired.class, stranger.tokens(ALICE)::get);
    SignOutResult signedOut = stranger.signOut(ALICE);

    assertThat(why.reason()).isEqualTo(Reason.SIGNED_OUT);
    assertThat(stranger.accounts()).isEmpty();
    assertThat(stranger.status(ALICE)).isNull();
    assertThat(signedOut.revoked()).isFalse();
    assertThat(run.storedRefreshToken()).isEqualTo(RefreshRun.REFRESH_TOKEN);
  }
}
