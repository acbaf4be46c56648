package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.AuthorizationServer;
import dev.latchkey.ClientSeams;
import dev.latchkey.PublicClient;
import dev.latchkey.TokenSource;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.Failures;
import dev.latchkey.fixture.FaultyStore.Call;
import dev.latchkey.fixture.Gate;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.RotatingServer;
import dev.latchkey.fixture.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The mark in the store that a refresh token may be spent, set before the request leaves. */
class SpendingMarkTest {

  private static final Account ALICE = RefreshRun.account();

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final RefreshRun run = new RefreshRun(server).signedIn();
  private final RotatingServer rotating = new RotatingServer();
  private final TokenSource tokens = run.tokens();

  @Test
  void recordIsMarkedDuringTheRequestAndNotAfterwards() {
    run.time.advance(RefreshRun.HOUR);
    List<Boolean> noted = new CopyOnWriteArrayList<>();
    server.answerBy(
        "/token",
        request -> rotating.apply(request).after(() -> noted.add(run.stored().possiblySpent())));

    AccessToken unused = tokens.get();

    assertThat(noted).containsExactly(true);
    assertThat(run.stored().possiblySpent()).isFalse();
    assertThat(run.storedRefreshToken()).isEqualTo("refresh-1");
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusalClearsTheMark(Supplier<Answer> refusal) {
    run.time.advance(RefreshRun.HOUR);
    SessionRecord before = run.stored();
    server.answer("/token", refusal.get());

    Throwable failure = catchThrowable(tokens::get);

    assertThat(failure).isInstanceOf(LatchkeyException.class);
    assertThat(run.stored()).isEqualTo(before);
    assertThat(run.heard.lines()).isEmpty();
  }

  static Stream<Named<Supplier<Answer>>> refusals() {
    return Stream.of(
        Named.of("429", () -> Answer.page(429, "text/plain", "Too Many Requests")),
        Named.of("503", () -> Answer.html(503)),
        Named.of("invalid_scope", () -> Answer.error("invalid_scope")),
        Named.of("interaction_required", () -> Answer.error("interaction_required")),
        Named.of(
            "a claims challenge",
            () ->
                Answer.json(
                    400,
                    new Body()
                        .with("error", "invalid_grant")
                        .with("error_codes", List.of(50076)))));
  }

  @Test
  void markThatCannotBeClearedDelaysTheNextRefreshUntilTheTokenHasExpired() throws Exception {
    AccessToken known = tokens.get();
    run.time.advance(Duration.ofMinutes(56));
    server.answer(
        "/token",
        Answer.page(429, "text/plain", "Too Many Requests")
            .after(() -> run.store.fail(Call.WRITE)));
    AccessToken beside = tokens.get();
    run.workers.awaitIdle();
    run.store.mend(Call.WRITE);
    server.answerBy("/token", rotating);

    run.time.advance(Duration.ofMinutes(3));
    AccessToken last = tokens.get();
    run.workers.awaitIdle();
    run.time.advance(Duration.ofMinutes(1));
    AccessToken next = tokens.get();
    run.workers.awaitIdle();

    assertThat(List.of(beside, last)).containsOnly(known);
    assertThat(next.value()).isEqualTo("access-1");
    assertThat(server.requests("/token")).hasSize(2);
    assertThat(run.heard.lines()).containsExactly("refreshed access-1");
  }

  @Test
  void failedDiscoveryLeavesNoMark() {
    run.time.advance(RefreshRun.HOUR);
    server.answerAlways("/i/.well-known/openid-configuration", Answer.reset());
    AuthorizationServer discovered = AuthorizationServer.discover(server.at("/i"));
    run.put(ofServer(run.stored(), ClientSeams.endpoints(discovered).id()));
    PublicClient client = run.client(builder -> builder.authorizationServer(discovered));

    LatchkeyException failure =
        catchThrowableOfType(LatchkeyException.class, client.tokens(ALICE)::get);

    assertThat(failure).isNotNull();
    assertThat(run.stored().possiblySpent()).isFalse();
  }

  @Test
  void recordThatChangesJustBeforeItIsMarkedIsReadAgain() {
    run.time.advance(RefreshRun.HOUR);
    run.store.before(Call.WRITE, () -> run.put(run.refreshedByAnother("refresh-x", "access-x")));

    AccessToken token = tokens.get();

    assertThat(token.value()).isEqualTo("access-x");
    assertThat(server.requests("/token")).isEmpty();
    assertThat(run.storedRefreshToken()).isEqualTo("refresh-x");
  }

  @Test
  void signOutJustBeforeTheMarkIsNotUndone() {
    run.time.advance(RefreshRun.HOUR);
    run.store.before(Call.WRITE, run::delete);

    SignInRequired why = Failures.of(SignInRequired.class, tokens::get);

    assertThat(why.reason()).isEqualTo(Reason.SIGNED_OUT);
    assertThat(run.isStored()).isFalse();
  }

  @Test
  void callerThatSeesTheMarkOfARefreshInProgressWaitsForItsToken() throws Exception {
    run.time.advance(Duration.ofMinutes(56));
    Gate gate = new Gate();
    server.answerBy("/token", request -> rotating.apply(request).after(gate::pass));
    AccessToken first = tokens.get();
    server.awaitRequests("/token", 1);
    TokenSource elsewhere = run.tokens();

    AccessToken meanwhile = elsewhere.get();
    gate.open();
    run.workers.awaitIdle();

    assertThat(first.value()).isEqualTo(RefreshRun.ACCESS_TOKEN);
    assertThat(meanwhile.value()).isEqualTo(RefreshRun.ACCESS_TOKEN);
    assertThat(elsewhere.get().value()).isEqualTo("access-1");
    assertThat(rotating.redemptions()).hasSize(1);
  }

  private static SessionRecord ofServer(SessionRecord record, String serverId) {
    return new SessionRecord(
        serverId,
        record.clientId(),
        record.account(),
        record.signInScopes(),
        record.missingScopes(),
        record.signedInAt(),
        record.refreshToken(),
        record.ended(),
        record.possiblySpent(),
        record.skewMillis(),
        record.tokens());
  }
}
