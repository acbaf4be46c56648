package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.AccountStatus;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.SignInOptions;
import dev.latchkey.SignInResult;
import dev.latchkey.TokenSource;
import dev.latchkey.error.AdminActionRequired;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.Crowd;
import dev.latchkey.fixture.Failures;
import dev.latchkey.fixture.Gate;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server rejects the refresh token: the person has to sign in again, and is told why. */
class SessionEndTest {

  private static final Account ALICE = RefreshRun.account();

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final RefreshRun run = new RefreshRun(server).expired();
  private final PublicClient client = run.client();
  private final TokenSource tokens = client.tokens(ALICE);

  @ParameterizedTest
  @CsvSource({
    "User disabled, ACCOUNT_DISABLED",
    "Token is not active, EXPIRED",
    "Session not active, REVOKED",
    "Maximum allowed refresh token reuse exceeded, REUSE_DETECTED",
    "Client no longer has requested consent from user, CONSENT_REQUIRED",
    "grant request is invalid, GRANT_REJECTED"
  })
  void reasonIsTheBestOneKnown(String description, Reason reason) {
    server.answer("/token", refusal(Map.of("error_description", description)));

    SignInRequired why = Failures.of(SignInRequired.class, tokens::get);

    assertThat(why.reason()).isEqualTo(reason);
    assertThat(why.accountId()).isEqualTo(ALICE.id());
    assertThat(Objects.requireNonNull(why.oauthError()).description()).isEqualTo(description);
  }

  @ParameterizedTest
  @CsvSource({
    "700082, EXPIRED",
    "50173, REVOKED",
    "50133, PASSWORD_CHANGED",
    "70000, GRANT_REJECTED"
  })
  void reasonComesFromEntrasNumber(int number, Reason reason) {
    server.answer("/token", refusal(Map.of("error_codes", List.of(number))));

    SignInRequired why = Failures.of(SignInRequired.class, tokens::get);

    assertThat(why.reason()).isEqualTo(reason);
  }

  /** As glewlwyd 2.7.5 refuses a refresh token that is spent or has expired. */
  @Test
  void refusalWithoutAWordRequiresANewSignInAndIsNotTakenForTheLastWord() {
    server.answer("/token", Answer.page(400, "text/plain", ""), Answer.json(200, Body.tokens()));

    SignInRequired why = Failures.of(SignInRequired.class, tokens::get);
    run.time.advance(Duration.ofHours(1));
    AccessToken token = tokens.get();

    assertThat(why.reason()).isEqualTo(Reason.GRANT_REJECTED);
    assertThat(why.accountId()).isEqualTo(ALICE.id());
    assertThat(why.oauthError()).isNull();
    assertThat(why.remedy()).isEqualTo("Sign in again, or try once more in a while.");
    assertThat(token.value()).isNotEmpty();
  }

  @Test
  void accountStaysListedAndItsStatusSaysWhoMustSignIn() {
    server.answer("/token", refusal(Map.of("error_description", "User disabled")));

    SignInRequired unused = Failures.of(SignInRequired.class, tokens::get);
    AccountStatus status = client.status(ALICE);

    assertThat(client.accounts()).containsExactly(ALICE);
    assertThat(status).isNotNull();
    assertThat(status.signInRequired()).isEqualTo(Reason.ACCOUNT_DISABLED);
    assertThat(status.canRefresh()).isFalse();
  }

  @Test
  void laterCallsSendNoRequestInThisOrAnotherClient() {
    server.answer("/token", refusal(Map.of("error_description", "User disabled")));
    SignInRequired unused = Failures.of(SignInRequired.class, tokens::get);

    for (int i = 0; i < 100; i++) {
      SignInRequired why = Failures.of(SignInRequired.class, tokens::get);
      assertThat(why.reason()).isEqualTo(Reason.ACCOUNT_DISABLED);
    }
    SignInRequired elsewhere = Failures.of(SignInRequired.class, run.tokens()::get);
    SignInRequired otherScopes =
        Failures.of(SignInRequired.class, client.tokens(ALICE, List.of("Mail.Read"))::get);

    assertThat(elsewhere.reason()).isEqualTo(Reason.ACCOUNT_DISABLED);
    assertThat(otherScopes.reason()).isEqualTo(Reason.ACCOUNT_DISABLED);
    assertThat(server.requests("/token")).hasSize(1);
  }

  @Test
  void listenerIsToldOnce() throws Exception {
    server.answer("/token", refusal(Map.of("error_description", "User disabled")));

    new Crowd().add(8, () -> Failures.of(SignInRequired.class, tokens::get)).go();
    run.workers.awaitIdle();

    assertThat(run.heard.lines()).containsExactly("sign in: ACCOUNT_DISABLED");
  }

  @Test
  void signInByAnotherClientRestoresTheSession() {
    server.answer("/token", refusal(Map.of()));
    SignInRequired unused = Failures.of(SignInRequired.class, tokens::get);

    run.put(run.refreshedByAnother("refresh-x", "access-x"));

    assertThat(tokens.get().value()).isEqualTo("access-x");
    assertThat(Objects.requireNonNull(client.status(ALICE)).signInRequired()).isNull();
  }

  @Test
  void signInRestoresAllScopeSets() {
    server.answer("/token", refusal(Map.of()), Answer.json(200, Body.tokens()));
    SignInRequired why = Failures.of(SignInRequired.class, tokens::get);
    server.answer("/device", Answer.json(200, Body.device()));

    SignIn signIn = client.beginSignIn(why);
    run.time.finishNextWait();
    SignInResult signedIn = signIn.await();
    server.answer("/token", Answer.json(200, Body.tokens().with("access_token", "mail")));

    assertThat(signedIn.account().id()).isEqualTo(ALICE.id());
    assertThat(tokens.get().value()).isEqualTo(Body.ACCESS_TOKEN);
    assertThat(client.tokens(ALICE, List.of("Mail.Read")).get().value()).isEqualTo("mail");
  }

  @Test
  void callerAfterTheSignInJoinsNoRefreshThatBeganBeforeIt() throws Exception {
    run.put(run.record(RefreshRun.HOUR).ended(Reason.REVOKED));
    TokenSource mail = client.tokens(ALICE, List.of("Mail.Read"));
    Gate gate = new Gate();
    run.store.afterRead(gate::pass);
    var before = Crowd.alone(() -> Failures.of(SignInRequired.class, mail::get));
    gate.awaitArrival();
    server.answer("/device", Answer.json(200, Body.device()));
    server.answer("/token", Answer.json(200, Body.tokens()));
    SignIn signIn = client.beginSignIn(SignInOptions.NONE.withAccountId(ALICE.id()));
    run.time.finishNextWait();
    SignInResult signedIn = signIn.await();
    server.answer("/token", Answer.json(200, Body.tokens().with("access_token", "mail")));

    AccessToken after = client.tokens(signedIn.account(), List.of("Mail.Read")).get();
    gate.open();

    assertThat(after.value()).isEqualTo("mail");
    assertThat(before.join().reason()).isEqualTo(Reason.REVOKED);
    assertThat(mail.get().value()).isEqualTo("mail");
  }

  @Test
  void cachedTokenIsUsedToItsEndAfterTheSessionEnded() throws Exception {
    run.put(run.record(RefreshRun.HOUR));
    AccessToken first = tokens.get();
    run.time.advance(Duration.ofMinutes(56));
    server.answer("/token", refusal(Map.of("error_description", "User disabled")));

    AccessToken unused = tokens.get();
    run.workers.awaitIdle();
    run.time.advance(Duration.ofMinutes(3));

    assertThat(tokens.get()).isEqualTo(first);
    run.workers.awaitIdle();
    assertThat(run.tokens().get().value()).isEqualTo(first.value());
    run.time.advance(Duration.ofMinutes(1));
    SignInRequired why = Failures.of(SignInRequired.class, tokens::get);
    assertThat(why.reason()).isEqualTo(Reason.ACCOUNT_DISABLED);
  }

  @Test
  void refusalThatOnlyAnAdministratorCanLiftDoesNotEndTheSession() {
    server.answer(
        "/token", refusal(Map.of("error_codes", List.of(53003))), Answer.json(200, Body.tokens()));

    AdminActionRequired first = Failures.of(AdminActionRequired.class, tokens::get);
    AdminActionRequired second = Failures.of(AdminActionRequired.class, tokens::get);
    run.time.advance(Duration.ofSeconds(1));

    assertThat(second).isSameAs(first);
    assertThat(tokens.get().value()).isEqualTo(Body.ACCESS_TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"interaction_required", "consent_required", "login_required"})
  void signInRequiredForOneTokenDoesNotEndTheSession(String error) throws Exception {
    server.answer("/token", Answer.error(error), Answer.json(200, Body.tokens()));

    SignInRequired why = Failures.of(SignInRequired.class, tokens::get);
    AccountStatus status = client.status(ALICE);
    AccessToken other = client.tokens(ALICE, List.of("Mail.Read")).get();
    run.workers.awaitIdle();

    assertThat(why.accountId()).isEqualTo(ALICE.id());
    assertThat(status).isNotNull();
    assertThat(status.signInRequired()).isNull();
    assertThat(status.canRefresh()).isTrue();
    assertThat(other.value()).isEqualTo(Body.ACCESS_TOKEN);
    assertThat(run.heard.lines()).containsExactly("refreshed " + Body.ACCESS_TOKEN);
  }

  @Test
  void withoutARefreshTokenTheSessionEndsWithItsAccessToken() {
    run.put(withoutRefreshToken());
    AccessToken first = tokens.get();

    run.time.advance(Duration.ofMinutes(59));
    AccessToken last = tokens.get();
    AccountStatus status = Objects.requireNonNull(client.status(ALICE));
    run.time.advance(Duration.ofMinutes(1));
    SignInRequired why = Failures.of(SignInRequired.class, tokens::get);

    assertThat(last).isEqualTo(first);
    assertThat(status.canRefresh()).isFalse();
    assertThat(status.signInRequired()).isNull();
    assertThat(why.reason()).isEqualTo(Reason.NO_REFRESH_TOKEN);
    assertThat(Objects.requireNonNull(client.status(ALICE)).signInRequired())
        .isEqualTo(Reason.NO_REFRESH_TOKEN);
  }

  private SessionRecord withoutRefreshToken() {
    SessionRecord known = run.record(RefreshRun.HOUR);
    return new SessionRecord(
        known.serverId(),
        known.clientId(),
        known.account(),
        known.signInScopes(),
        known.missingScopes(),
        known.signedInAt(),
        null,
        null,
        false,
        0,
        known.tokens());
  }

  private static Answer refusal(Map<String, ?> members) {
    return Answer.json(400, new Body().with("error", "invalid_grant").with(members));
  }
}
