package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.TokenSource;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.Failures;
import dev.latchkey.fixture.FaultyStore.Call;
import dev.latchkey.fixture.Jwt;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.RotatingServer;
import dev.latchkey.fixture.ScriptedServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A refresh is answered for somebody else, as by a gateway that mixes up responses. OpenID Connect
 * Core §12.2 says what the ID token of a refresh must show.
 */
class AnotherIdentityTest {

  private static final String TENANT = "9122040d-6c67-4c5b-b112-36a304b66dad";
  private static final String OTHER_TENANT = "11111111-6c67-4c5b-b112-36a304b66dad";
  private static final Account ALICE =
      new Account("a11ce", "https://issuer.example", "alice", null, TENANT, null, null);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final RefreshRun run = new RefreshRun(server);
  private final RotatingServer rotating = new RotatingServer();

  AnotherIdentityTest() {
    run.put(run.recordOf(ALICE, RefreshRun.HOUR));
  }

  @ParameterizedTest
  @CsvSource({
    "sub, '\"bob\"', another person",
    "iss, '\"https://other.example\"', issuer https://other.example",
    "tid, '\"11111111-6c67-4c5b-b112-36a304b66dad\"', tenant 11111111-6c67-4c5b-b112-36a304b66dad",
    "aud, '\"another-client\"', another client",
    "aud, '[\"another-client\",\"a-third\"]', another client",
    "azp, '\"another-client\"', another client",
  })
  void nothingIsKeptOfAnAnswerForSomebodyElse(String claim, String value, String said)
      throws Exception {
    run.time.advance(RefreshRun.HOUR);
    SessionRecord before = run.stored();
    server.answer("/token", bobs(claims().withRaw(claim, value)));
    TokenSource tokens = run.tokens();

    InvalidResponse failure = Failures.of(InvalidResponse.class, tokens::get);

    assertThat(failure).hasMessageContaining(said).hasMessageNotContaining("bob");
    assertThat(failure.remedy()).contains("ign in again");
    assertThat(run.stored()).isEqualTo(before.markedPossiblySpent());
    assertThat(run.rawContent()).doesNotContain("bobs", "Bobs.Scope");
    assertThat(run.heard.await(1)).containsExactly("mismatch: " + failure.getMessage());
  }

  @Test
  void changedTenantIsReportedWithBothNames() throws Exception {
    run.time.advance(RefreshRun.HOUR);
    server.answer("/token", bobs(claims().with("tid", OTHER_TENANT)));

    InvalidResponse failure = Failures.of(InvalidResponse.class, run.tokens()::get);

    assertThat(failure).hasMessageContaining(OTHER_TENANT).hasMessageContaining(TENANT);
    assertThat(failure.remedy()).contains("tenant");
    assertThat(run.heard.await(1)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"token_type, mac", "access_token, 'two words'", "token_type, "})
  void refreshTokenInAnUnusableAnswerForSomebodyElseIsNotKept(
      String member, @Nullable String value) {
    run.time.advance(RefreshRun.HOUR);
    Body tokens = bobsTokens(claims().with("sub", "bob"));
    Body broken = value == null ? tokens.without(member) : tokens.with(member, value);
    server.answer("/token", Answer.json(200, broken));

    InvalidResponse failure = Failures.of(InvalidResponse.class, run.tokens()::get);

    assertThat(failure).hasMessageContaining("another person");
    assertThat(run.storedRefreshToken()).isEqualTo(RefreshRun.REFRESH_TOKEN);
  }

  @Test
  void idTokenForSomebodyElseWithoutAnExpiryIsNoReasonToKeepTheRefreshToken() {
    run.time.advance(RefreshRun.HOUR);
    server.answer("/token", bobs(claims().with("sub", "bob").without("exp")));

    Failures.of(InvalidResponse.class, run.tokens()::get);

    assertThat(run.storedRefreshToken()).isEqualTo(RefreshRun.REFRESH_TOKEN);
  }

  @Test
  void sessionGoesOnOnceTheGatewayAnswersRightAgain() {
    run.time.advance(RefreshRun.HOUR);
    server.answer("/token", bobs(claims().with("sub", "bob")));
    server.answerBy("/token", rotating.with(Map.of("id_token", Jwt.of(claims().toString()))));
    TokenSource tokens = run.tokens();

    Failures.of(InvalidResponse.class, tokens::get);
    Failures.of(InvalidResponse.class, tokens::get); // at once: no other request
    int before = server.requests("/token").size();
    run.time.advance(PAUSE);
    AccessToken token = tokens.get();

    assertThat(before).isEqualTo(1);
    assertThat(token.value()).isEqualTo("access-1");
    assertThat(server.requests("/token"))
        .extracting(request -> request.form().get("refresh_token"))
        .containsExactly(RefreshRun.REFRESH_TOKEN, RefreshRun.REFRESH_TOKEN);
    assertThat(rotating.reuses()).isZero();
    assertThat(run.storedRefreshToken()).isEqualTo("refresh-1");
    assertThat(run.stored().possiblySpent()).isFalse();
  }

  @Test
  void refreshTokenThatWasSpentForTheMixedUpAnswerEndsAsALostAnswer() throws Exception {
    run.time.advance(RefreshRun.HOUR);
    server.answerBy(
        "/token",
        request -> {
          Answer own = rotating.apply(request); // the server rotates; the gateway swaps the answer
          return rotating.reuses() > 0 ? own : bobs(claims().with("sub", "bob"));
        });
    TokenSource tokens = run.tokens();

    Failures.of(InvalidResponse.class, tokens::get);
    run.time.advance(PAUSE);
    SignInRequired why = Failures.of(SignInRequired.class, tokens::get);

    assertThat(why.reason()).isEqualTo(Reason.REFRESH_ANSWER_LOST);
    assertThat(why.accountId()).isEqualTo(ALICE.id());
    assertThat(run.stored().ended()).isEqualTo(Reason.REFRESH_ANSWER_LOST);
    assertThat(run.rawContent()).doesNotContain("bobs");
    assertThat(run.heard.await(2)).last().isEqualTo("sign in: REFRESH_ANSWER_LOST");
  }

  @Test
  void ownTokenServesToItsEndWithoutAnotherRequest() throws Exception {
    TokenSource tokens = run.tokens();
    run.time.advance(Duration.ofMinutes(56));
    server.answer("/token", bobs(claims().with("sub", "bob")));

    AccessToken first = tokens.get();
    run.workers.awaitIdle();
    run.time.advance(Duration.ofMinutes(3));
    AccessToken later = tokens.get();
    AccessToken elsewhere = run.tokens().get();
    run.workers.awaitIdle();

    assertThat(List.of(first, later, elsewhere))
        .extracting(AccessToken::value)
        .containsOnly(RefreshRun.ACCESS_TOKEN);
    assertThat(server.requests("/token")).hasSize(1);
    assertThat(run.heard.await(1)).singleElement().asString().startsWith("mismatch");
  }

  @Test
  void anotherProcessFindsTheOldRefreshTokenWithItsMark() {
    run.time.advance(RefreshRun.HOUR);
    server.answer("/token", bobs(claims().with("sub", "bob")));
    Failures.of(InvalidResponse.class, run.tokens()::get);
    server.answerBy("/token", rotating);

    AccessToken token = run.tokens().get();

    assertThat(token.value()).isEqualTo("access-1");
    assertThat(rotating.reuses()).isZero();
  }

  @Test
  void sessionThatTheStoreDidNotTakeKeepsItsOwnRefreshToken() {
    TokenSource tokens = run.tokens();
    run.time.advance(RefreshRun.HOUR);
    server.answer("/token", Answer.json(200, own()).after(() -> run.store.fail(Call.WRITE)));
    AccessToken kept = tokens.get();
    run.time.advance(RefreshRun.HOUR);
    server.answer("/token", bobs(claims().with("sub", "bob")));
    Failures.of(InvalidResponse.class, tokens::get);
    run.time.advance(PAUSE);
    server.answer("/token", Answer.json(200, own().with("access_token", "second")));

    AccessToken token = tokens.get();

    assertThat(kept.value()).isEqualTo(Body.ACCESS_TOKEN);
    assertThat(token.value()).isEqualTo("second");
    assertThat(server.requests("/token"))
        .extracting(request -> request.form().get("refresh_token"))
        .containsExactly(RefreshRun.REFRESH_TOKEN, Body.REFRESH_TOKEN, Body.REFRESH_TOKEN);
  }

  @Test
  void clockOfAMixedUpAnswerIsNotBelieved() {
    run.time.advance(RefreshRun.HOUR);
    Body body = bobsTokens(claims().with("sub", "bob"));
    server.answer(
        "/token",
        Answer.page(
            200, "application/json", body.toString(), "Date: Sat, 28 Feb 2026 12:00:00 GMT"),
        Answer.json(200, own()));
    TokenSource tokens = run.tokens();
    Failures.of(InvalidResponse.class, tokens::get);
    run.time.advance(PAUSE);

    AccessToken token = tokens.get();

    assertThat(token.value()).isEqualTo(Body.ACCESS_TOKEN);
    assertThat(run.stored().skewMillis()).isZero();
  }

  @Test
  void ownIdTokenIsAccepted() {
    run.time.advance(RefreshRun.HOUR);
    Body claims = claims().with("aud", List.of("an-api", RefreshRun.CLIENT_ID));
    server.answer(
        "/token",
        Answer.json(200, own().with("id_token", Jwt.of(claims.with("azp", RefreshRun.CLIENT_ID)))));

    assertThat(run.tokens().get().value()).isEqualTo(Body.ACCESS_TOKEN);
    assertThat(run.storedRefreshToken()).isEqualTo(Body.REFRESH_TOKEN);
  }

  @Test
  void clockThatWasAheadAtTheSignInDoesNotLockThePersonOut() {
    SessionRecord record = run.stored();
    run.time.advance(RefreshRun.HOUR);
    long earlier = Instant.ofEpochMilli(record.signedInAt()).minusSeconds(10_800).getEpochSecond();
    server.answer(
        "/token", Answer.json(200, own().with("id_token", Jwt.of(claims().with("iat", earlier)))));

    assertThat(run.tokens().get().value()).isEqualTo(Body.ACCESS_TOKEN);
    assertThat(run.storedRefreshToken()).isEqualTo(Body.REFRESH_TOKEN);
  }

  @Test
  void answerWithoutAnIdTokenIsAccepted() {
    run.time.advance(RefreshRun.HOUR);
    server.answer("/token", Answer.json(200, Body.tokens()));

    assertThat(run.tokens().get().value()).isEqualTo(Body.ACCESS_TOKEN);
  }

  @Test
  void idTokenThatNamesNoTenantIsAccepted() {
    run.time.advance(RefreshRun.HOUR);
    server.answer(
        "/token", Answer.json(200, own().with("id_token", Jwt.of(claims().without("tid")))));

    assertThat(run.tokens().get().value()).isEqualTo(Body.ACCESS_TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exp", "nothing but exp", "no aud", "no jwt", "no sub"})
  void refreshTokenBesideAnIdTokenThatProvesNothingIsKept(String fault) {
    run.time.advance(RefreshRun.HOUR);
    Instant now = Instant.ofEpochMilli(run.time.wallMillis());
    String idToken =
        switch (fault) {
          case "exp" -> Jwt.of(claims().with("exp", now.minusSeconds(301).getEpochSecond()));
          case "nothing but exp" -> Jwt.of(claims().without("exp"));
          case "no aud" -> Jwt.of(claims().without("aud"));
          case "no sub" -> Jwt.of(claims().without("sub"));
          default -> "encrypted.for.some.body.else";
        };
    server.answer(
        "/token",
        Answer.json(200, own().with("id_token", idToken)),
        Answer.json(200, own().with("access_token", "second")));
    TokenSource tokens = run.tokens();

    InvalidResponse failure = Failures.of(InvalidResponse.class, tokens::get);
    run.time.advance(PAUSE);
    AccessToken token = tokens.get();

    assertThat(failure).hasMessageContaining("ID token");
    assertThat(token.value()).isEqualTo("second");
    assertThat(server.requests("/token").get(1).form())
        .containsEntry("refresh_token", Body.REFRESH_TOKEN);
  }

  @Test
  void accountThatNoIdTokenNamedTakesNoIdTokenForAnotherClient() {
    Account nameless = new Account("a11ce", "https://issuer.example", null, null, null, null, null);
    run.put(run.recordOf(nameless, RefreshRun.HOUR));
    run.time.advance(RefreshRun.HOUR);
    server.answer("/token", bobs(claims().with("aud", "another-client")));
    TokenSource tokens = run.client().tokens(nameless);

    InvalidResponse failure = Failures.of(InvalidResponse.class, tokens::get);

    assertThat(failure).hasMessageContaining("another client");
    assertThat(run.storedRefreshToken()).isEqualTo(RefreshRun.REFRESH_TOKEN);
  }

  @ParameterizedTest
  @CsvSource({
    "https://issuer.example, bob",
    "https://other.example, alice",
    "https://issuer.example, "
  })
  void recordOfAnotherPersonUnderTheSameIdIsNotAdopted(String issuer, @Nullable String subject) {
    Account other = new Account("a11ce", issuer, subject, null, null, null, null);
    TokenSource tokens = run.client().tokens(ALICE);
    run.put(run.recordOf(other, RefreshRun.HOUR));

    TokenStoreFailure failure = Failures.of(TokenStoreFailure.class, tokens::get);

    assertThat(failure.problem()).isEqualTo(Problem.DAMAGED);
    assertThat(server.requests("/token")).isEmpty();
  }

  private Body claims() {
    long now = run.time.wallMillis() / 1000;
    return new Body()
        .with("iss", ALICE.issuer())
        .with("sub", "alice")
        .with("tid", TENANT)
        .with("aud", RefreshRun.CLIENT_ID)
        .with("iat", now)
        .with("exp", now + 3600);
  }

  private Body own() {
    return Body.tokens().with("id_token", Jwt.of(claims()));
  }

  private static Body bobsTokens(Object claims) {
    return Body.tokens()
        .with("access_token", "bobs-access")
        .with("refresh_token", "bobs-refresh")
        .with("scope", String.join(" ", Set.of("Bobs.Scope")))
        .with("id_token", Jwt.of(claims));
  }

  private static Answer bobs(Object claims) {
    return Answer.json(200, bobsTokens(claims));
  }
}
