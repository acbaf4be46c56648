package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.AuthorizationServer;
import dev.latchkey.PublicClient;
import dev.latchkey.SessionListener;
import dev.latchkey.SignOutResult;
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
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A sign-out revokes where the server can, forgets in any case, and is never undone. */
class SignOutTest {

  private static final Account ALICE = RefreshRun.account();

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final RefreshRun run = new RefreshRun(server).signedIn();
  private final PublicClient client = run.client();
  private final TokenSource tokens = client.tokens(ALICE);

  /** Spring Authorization Server and GitHub want a secret, which no public client has. */
  @ParameterizedTest
  @CsvSource({"401, invalid_client", "401,", "400, unauthorized_client"})
  void serverThatRevokesForClientsWithASecretOnlyIsNamedAsWhatItIs(
      int status, @Nullable String error) {
    server.answer(
        "/revoke",
        error == null
            ? Answer.page(status, "text/plain", "")
            : Answer.json(status, new Body().with("error", error)));

    SignOutResult signedOut = client.signOut(ALICE);

    assertThat(signedOut.revocation()).isEqualTo(SignOutResult.Revocation.NOT_FOR_PUBLIC_CLIENTS);
    assertThat(signedOut.revoked()).isFalse();
    assertThat(run.isStored()).isFalse();
  }

  @Test
  void whatBecameOfTheRefreshTokenIsTold() {
    server.answer("/revoke", Answer.page(503, "text/html", "down"));

    SignOutResult failed = client.signOut(ALICE);
    SignOutResult again = client.signOut(ALICE);

    assertThat(failed.revocation()).isEqualTo(SignOutResult.Revocation.FAILED);
    assertThat(again.revocation()).isEqualTo(SignOutResult.Revocation.NO_TOKEN);
  }

  @Test
  void refreshTokenIsRevokedAndTheRecordForgotten() {
    server.answer("/revoke", Answer.page(200, "text/plain", ""));
    AccessToken unused = tokens.get();

    SignOutResult signedOut = client.signOut(ALICE);

    assertThat(signedOut).isEqualTo(new SignOutResult(ALICE, SignOutResult.Revocation.CONFIRMED));
    assertThat(run.isStored()).isFalse();
    assertThat(client.accounts()).isEmpty();
    assertThat(server.requests("/revoke").get(0).form())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "token", RefreshRun.REFRESH_TOKEN,
                "token_type_hint", "refresh_token",
                "client_id", RefreshRun.CLIENT_ID));
  }

  @Test
  void tokensAreGoneAtOnceInThisProcess() {
    server.answer("/revoke", Answer.page(200, "text/plain", ""));
    AccessToken unused = tokens.get();
    SignOutResult gone = client.signOut(ALICE);

    SignInRequired why = Failures.of(SignInRequired.class, tokens::get);

    assertThat(gone.account()).isEqualTo(ALICE);
    assertThat(why.reason()).isEqualTo(Reason.SIGNED_OUT);
    assertThat(why.accountId()).isEqualTo(ALICE.id());
    assertThat(client.status(ALICE)).isNull();
    assertThat(server.requests("/token")).isEmpty();
  }

  @Test
  void keycloaksErrorInA200IsASuccess() {
    server.answer("/revoke", Answer.json(200, new Body().with("error", "invalid_token")));

    assertThat(client.signOut(ALICE).revoked()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void serverThatCannotRevokeKeepsNobodySignedIn(Supplier<Answer> failure) {
    server.answer("/revoke", failure.get());

    SignOutResult signedOut = client.signOut(ALICE);

    assertThat(signedOut.revoked()).isFalse();
    assertThat(run.isStored()).isFalse();
  }

  static Stream<Named<Supplier<Answer>>> failures() {
    return Stream.of(
        Named.of("503", () -> Answer.page(503, "text/html", "down", "Retry-After: 60")),
        Named.of("400", () -> Answer.error("unsupported_token_type")),
        Named.of("a reset", Answer::reset));
  }

  @Test
  void serverWithoutRevocationIsNotAsked() {
    AuthorizationServer without =
        AuthorizationServer.of(null, server.at("/device"), server.at("/token"), null);
    PublicClient there = run.client(builder -> builder.authorizationServer(without));

    assertThat(there.signOut(ALICE).revocation()).isEqualTo(SignOutResult.Revocation.NOT_OFFERED);
    assertThat(run.isStored()).isFalse();
  }

  @Test
  void endedSessionIsForgottenAndItsTokenRevoked() {
    server.answer("/revoke", Answer.page(200, "text/plain", ""));
    run.put(run.record(RefreshRun.HOUR).ended(Reason.EXPIRED));

    assertThat(client.signOut(ALICE).revoked()).isTrue();
    assertThat(client.accounts()).isEmpty();
  }

  @Test
  void signingOutTwiceDoesNoHarm() {
    server.answer("/revoke", Answer.page(200, "text/plain", ""));
    SignOutResult first = client.signOut(ALICE);

    SignOutResult second = client.signOut(ALICE);

    assertThat(first.revoked()).isTrue();
    assertThat(second.revoked()).isFalse();
  }

  @Test
  void damagedRecordCanBeSignedOut() {
    run.damage();

    SignOutResult signedOut = client.signOut(ALICE);

    assertThat(signedOut.revoked()).isFalse();
    assertThat(run.isStored()).isFalse();
  }

  @Test
  void refreshInProgressInAnotherClientDoesNotBringTheAccountBack() throws Exception {
    Gate gate = new Gate();
    run.time.advance(RefreshRun.HOUR);
    server.answer("/token", Answer.json(200, Body.tokens()).after(gate::pass));
    server.answer("/revoke", Answer.page(200, "text/plain", ""));
    var refresh = Crowd.alone(run.tokens()::get);
    server.awaitRequests("/token", 1);

    var signOut = Crowd.alone(() -> client.signOut(ALICE));
    gate.open();
    signOut.join();

    assertThat(refresh.join().value()).isEqualTo(Body.ACCESS_TOKEN);
    assertThat(signOut.join().revoked()).isTrue();
    assertThat(server.requests("/revoke").get(0).form()).containsEntry("token", Body.REFRESH_TOKEN);
    assertThat(run.isStored()).isFalse();
    assertThat(client.accounts()).isEmpty();
  }

  @Test
  void refreshThatReadTheRecordBeforeTheSignOutCachesNothing() throws Exception {
    server.answer("/revoke", Answer.page(200, "text/plain", ""));
    Gate gate = new Gate();
    run.store.afterRead(gate::pass);
    var before = Crowd.alone(() -> Failures.of(SignInRequired.class, tokens::get));
    gate.awaitArrival();

    SignOutResult signedOut = client.signOut(ALICE);
    gate.open();

    assertThat(before.join().reason()).isEqualTo(Reason.SIGNED_OUT);
    assertThat(signedOut.revoked()).isTrue();
    assertThat(Failures.of(SignInRequired.class, tokens::get).reason())
        .isEqualTo(Reason.SIGNED_OUT);
  }

  @Test
  void othersFindOutWhenTheirTokenHasExpired() {
    server.answer("/revoke", Answer.page(200, "text/plain", ""));
    TokenSource elsewhere = run.tokens();
    AccessToken known = elsewhere.get();
    SignOutResult signedOut = client.signOut(ALICE);

    AccessToken still = elsewhere.get();
    run.time.advance(RefreshRun.HOUR);
    SignInRequired why = Failures.of(SignInRequired.class, elsewhere::get);

    assertThat(signedOut.revoked()).isTrue();
    assertThat(still).isEqualTo(known);
    assertThat(why.reason()).isEqualTo(Reason.SIGNED_OUT);
    assertThat(server.requests("/token")).isEmpty();
  }

  @Test
  void leaseThatIsNeverReleasedOnlyDelaysASignOut() throws Exception {
    server.answer("/revoke", Answer.page(200, "text/plain", ""));
    PublicClient impatient = run.client(b -> b.leaseTimeout(Duration.ofMillis(50)));

    SignOutResult signedOut;
    try (var lease = run.store.beneath().lease(ALICE.id(), Duration.ZERO)) {
      signedOut = impatient.signOut(ALICE);
    }

    assertThat(signedOut.revoked()).isTrue();
    assertThat(run.isStored()).isFalse();
  }

  @Test
  void recordThatCannotBeDeletedIsRevokedAndForgottenInThisProcess() {
    server.answer("/revoke", Answer.page(200, "text/plain", ""));
    run.store.fail(Call.DELETE, Problem.LOCKED);

    TokenStoreFailure failure = Failures.of(TokenStoreFailure.class, () -> client.signOut(ALICE));
    SignInRequired why = Failures.of(SignInRequired.class, tokens::get);

    assertThat(failure.problem()).isEqualTo(Problem.LOCKED);
    assertThat(why.reason()).isEqualTo(Reason.SIGNED_OUT);
    assertThat(run.isStored()).isTrue();
    assertThat(server.requests("/revoke")).hasSize(1);
  }

  @Test
  @Timeout(30)
  void storeThatNeverDeletesIsAFailureAndTheAccountIsForgotten() {
    server.answer("/revoke", Answer.page(200, "text/plain", ""));
    run.store.keepAll();

    TokenStoreFailure failure = Failures.of(TokenStoreFailure.class, () -> client.signOut(ALICE));
    SignInRequired why = Failures.of(SignInRequired.class, tokens::get);

    assertThat(failure.problem()).isEqualTo(Problem.NOT_DURABLE);
    assertThat(failure).hasMessageContaining("at each deletion");
    assertThat(why.reason()).isEqualTo(Reason.SIGNED_OUT);
  }

  @Test
  void sessionThatTheStoreNeverTookIsForgottenToo() throws Exception {
    run.time.advance(RefreshRun.HOUR);
    server.answer(
        "/token", Answer.json(200, Body.tokens()).after(() -> run.store.fail(Call.WRITE)));
    server.answer("/revoke", Answer.page(200, "text/plain", ""));
    AccessToken unused = tokens.get();

    SignOutResult signedOut = client.signOut(ALICE);
    run.store.mend(Call.WRITE);
    run.time.finishNextWait();
    run.workers.awaitIdle();

    assertThat(signedOut.revoked()).isTrue();
    assertThat(server.requests("/revoke").get(0).form()).containsEntry("token", Body.REFRESH_TOKEN);
    assertThat(run.isStored()).isFalse();
    assertThat(run.time.pending()).isZero();
  }

  @Test
  void listenerThatSignsOutDoesNotWaitForItself() throws Exception {
    run.time.advance(RefreshRun.HOUR);
    server.answer("/token", Answer.error("invalid_grant"));
    server.answer("/revoke", Answer.page(200, "text/plain", ""));
    var signedOut = new CompletableFuture<SignOutResult>();
    PublicClient[] itself = new PublicClient[1];
    itself[0] =
        run.client(
            builder ->
                builder.listener(
                    new SessionListener() {
                      @Override
                      public void signInRequired(Account account, SignInRequired why) {
                        signedOut.complete(itself[0].signOut(account));
                      }
                    }));

    SignInRequired why = Failures.of(SignInRequired.class, itself[0].tokens(ALICE)::get);

    assertThat(why.reason()).isEqualTo(Reason.GRANT_REJECTED);
    assertThat(signedOut.get(20, TimeUnit.SECONDS).revoked()).isTrue();
    assertThat(client.accounts()).isEmpty();
  }

  @Test
  void signOutOfOneAccountDoesNotAffectTheOthers() {
    server.answer("/revoke", Answer.page(200, "text/plain", ""));
    Account bob = new Account("b0b", "https://issuer.example", "bob", null, null, null, null);
    run.put(run.recordOf(bob, RefreshRun.HOUR));

    SignOutResult signedOut = client.signOut(ALICE);

    assertThat(signedOut.account()).isEqualTo(ALICE);
    assertThat(client.accounts()).isEqualTo(List.of(bob));
    assertThat(client.tokens(bob).get().value()).isEqualTo(RefreshRun.ACCESS_TOKEN);
  }
}
