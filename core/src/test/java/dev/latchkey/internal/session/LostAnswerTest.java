package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.TokenSource;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.Crowd;
import dev.latchkey.fixture.DeadProxy;
import dev.latchkey.fixture.Failures;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The answer to a refresh is lost: the server may have rotated the token, and may take an early
 * retry for theft.
 */
class LostAnswerTest {

  private static final Account ALICE = RefreshRun.account();
  private static final Duration UNTIL_DUE = Duration.ofMinutes(56);

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final RefreshRun run = new RefreshRun(server).signedIn();
  private final TokenSource tokens = run.tokens();

  @ParameterizedTest
  @MethodSource("lostAnswers")
  void tokenIsUsedToItsEndWithoutAnotherRequest(Supplier<Answer> lost) throws Exception {
    loseAnswerEarly(lost.get());
    TokenSource elsewhere = run.tokens();

    for (int minute = 57; minute < 60; minute++) {
      run.time.advance(Duration.ofMinutes(1));
      assertThat(tokens.get().value()).isEqualTo(RefreshRun.ACCESS_TOKEN);
      assertThat(elsewhere.get().value()).isEqualTo(RefreshRun.ACCESS_TOKEN);
      run.workers.awaitIdle();
    }

    assertThat(server.requests("/token")).hasSize(1);
    assertThat(run.stored().possiblySpent()).isTrue();
  }

  static Stream<Named<Supplier<Answer>>> lostAnswers() {
    return Stream.of(
        Named.of("a reset", Answer::reset),
        Named.of("half an answer", () -> Answer.truncated(200, Body.tokens())),
        Named.of("a gateway's 502", () -> Answer.html(502)),
        Named.of("a captive portal's page", () -> Answer.html(200)),
        Named.of("500 with JSON", () -> Answer.json(500, new Body().with("error", "server_error"))),
        Named.of("an answer without a token", () -> Answer.json(200, new Body().with("a", 1))));
  }

  @Test
  void retryFollowsTheExpiryAndSucceedsOnALenientServer() throws Exception {
    loseAnswerEarly(Answer.reset());
    run.time.advance(Duration.ofMinutes(4));
    server.answer("/token", Answer.json(200, Body.tokens()));

    List<Object> all = new Crowd().add(16, tokens::get).go();

    assertThat(all)
        .extracting(token -> ((AccessToken) token).value())
        .containsOnly(Body.ACCESS_TOKEN);
    assertThat(server.requests("/token")).hasSize(2);
    assertThat(run.stored().possiblySpent()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "grant request is invalid, REFRESH_ANSWER_LOST",
    "Maximum allowed refresh token reuse exceeded, REFRESH_ANSWER_LOST",
    "Session doesn't have required client, REFRESH_ANSWER_LOST",
    "User disabled, ACCOUNT_DISABLED",
    "Token is not active, EXPIRED"
  })
  void refusalAfterThatIsExplainedByTheLostAnswer(String description, Reason reason)
      throws Exception {
    loseAnswerEarly(Answer.reset());
    run.time.advance(Duration.ofMinutes(4));
    server.answer("/token", refusal(Map.of("error_description", description)));

    SignInRequired why = Failures.of(SignInRequired.class, tokens::get);

    assertThat(why.reason()).isEqualTo(reason);
    assertThat(run.stored().ended()).isEqualTo(reason);
  }

  @Test
  void revocationThatEntraNamesIsNotAttributedToTheLostAnswer() throws Exception {
    loseAnswerEarly(Answer.reset());
    run.time.advance(Duration.ofMinutes(4));
    server.answer("/token", refusal(Map.of("error_codes", List.of(50173))));

    SignInRequired why = Failures.of(SignInRequired.class, tokens::get);

    assertThat(why.reason()).isEqualTo(Reason.REVOKED);
  }

  @Test
  void lostAnswerOfAnExpiredTokenIsTypedAndRetriedAfterAPause() {
    run.time.advance(RefreshRun.HOUR);
    server.answer("/token", Answer.reset(), Answer.json(200, Body.tokens()));

    ServiceUnavailable first = Failures.of(ServiceUnavailable.class, tokens::get);
    ServiceUnavailable atOnce = Failures.of(ServiceUnavailable.class, tokens::get);
    int before = server.requests("/token").size();
    run.time.advance(Duration.ofSeconds(1));

    assertThat(first.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    assertThat(atOnce.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    assertThat(before).isEqualTo(1);
    assertThat(tokens.get().value()).isEqualTo(Body.ACCESS_TOKEN);
  }

  @Test
  void hangingServerIsAbandonedAfterTheTimeout() {
    run.time.advance(RefreshRun.HOUR);
    server.answer("/token", Answer.hang());
    TokenSource hasty =
        run.client(builder -> builder.requestTimeout(Duration.ofMillis(200))).tokens(ALICE);

    ServiceUnavailable failure = Failures.of(ServiceUnavailable.class, hasty::get);

    assertThat(failure).hasMessageContaining("did not answer within 200 ms");
    assertThat(run.stored().possiblySpent()).isTrue();
  }

  @Test
  void requestThatNeverLeftIsSentAgainAtOnce() throws Exception {
    run.time.advance(RefreshRun.HOUR);
    DeadProxy proxy = new DeadProxy(1);
    server.answer("/token", Answer.json(200, Body.tokens()));

    AccessToken token = run.client(proxy::use).tokens(ALICE).get();

    assertThat(token.value()).isEqualTo(Body.ACCESS_TOKEN);
    assertThat(proxy.asked()).isEqualTo(2);
  }

  @Test
  void secondRequestThatNeverLeftIsReportedAndLeavesNoMark() throws Exception {
    run.time.advance(RefreshRun.HOUR);
    DeadProxy proxy = new DeadProxy(Integer.MAX_VALUE);
    TokenSource behindIt = run.client(proxy::use).tokens(ALICE);

    ServiceUnavailable failure = Failures.of(ServiceUnavailable.class, behindIt::get);

    assertThat(failure.remedy()).contains("network");
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    assertThat(proxy.asked()).isEqualTo(2);
    assertThat(run.stored().possiblySpent()).isFalse();
  }

  @Test
  void newRefreshTokenInAnUnusableAnswerIsKept() {
    run.time.advance(RefreshRun.HOUR);
    server.answer(
        "/token",
        Answer.json(200, Body.tokens().with("token_type", "mac")),
        Answer.json(200, Body.tokens().with("refresh_token", "third")));

    LatchkeyException failure = Failures.of(InvalidResponse.class, tokens::get);
    run.time.advance(Duration.ofSeconds(1));
    AccessToken token = tokens.get();

    assertThat(failure).hasMessageContaining("token_type");
    assertThat(token.value()).isEqualTo(Body.ACCESS_TOKEN);
    assertThat(server.requests("/token").get(1).form())
        .containsEntry("refresh_token", Body.REFRESH_TOKEN);
    assertThat(run.storedRefreshToken()).isEqualTo("third");
  }

  private void loseAnswerEarly(Answer lost) throws Exception {
    AccessToken unused = tokens.get();
    run.time.advance(UNTIL_DUE);
    server.answer("/token", lost);
    unused = tokens.get();
    run.workers.awaitIdle();
  }

  private static Answer refusal(Map<String, ?> members) {
    return Answer.json(400, new Body().with("error", "invalid_grant").with(members));
  }
}
