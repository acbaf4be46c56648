package dev.latchkey.internal.signin;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.google.gson.JsonObject;
import dev.latchkey.SignInProgress.State;
import dev.latchkey.error.AccountProblem;
import dev.latchkey.error.AdminActionRequired;
import dev.latchkey.error.AppMisconfigured;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.OAuthError;
import dev.latchkey.error.SignInDeclined;
import dev.latchkey.error.SignInExpired;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.Replies;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.oauth.OAuthErrors;
import dev.latchkey.internal.oauth.Reply;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer of the token endpoint means for a pending sign-in. */
class PollStepTest {

  private static final PollStep FIRST = PollStep.first(Duration.ofSeconds(5));

  @Test
  void pendingIsPolledAgainAfterTheInterval() {
    PollStep.Wait next = waiting(FIRST.answered(error(400, "authorization_pending"), false));

    assertThat(next.delay()).isEqualTo(Duration.ofSeconds(5));
    assertThat(next.step()).isEqualTo(FIRST);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 403, 428, 429, 503})
  void slowDownIsObeyedWithAnyStatus(int status) {
    PollStep.Wait next = waiting(FIRST.answered(error(status, "slow_down"), false));

    assertThat(next.delay()).isEqualTo(Duration.ofSeconds(10));
    assertThat(next.step().interval()).isEqualTo(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @CsvSource({"30, 30", "10, 10", "9, 10", "0, 10", "-5, 10", "10.2, 11", "1e99, 3600", "null, 10"})
  void slowDownTakesTheServersIntervalIfThatIsLarger(String interval, long expected) {
    String body = new Body().with("error", "slow_down").withRaw("interval", interval);

    PollStep.Wait next = waiting(FIRST.answered(reply(400, body, null), false));

    assertThat(next.delay()).isEqualTo(Duration.ofSeconds(expected));
    assertThat(next.step().interval()).isEqualTo(next.delay());
  }

  @Test
  void slowDownIsObeyedEvenWithoutItsBody() {
    OAuthError error = OAuthError.of(400, "slow_down");
    Reply bare = new Reply(400, null, "withheld", error, null, null, 0, 0);

    PollStep.Wait next = waiting(FIRST.answered(bare, false));

    assertThat(next.delay()).isEqualTo(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @CsvSource({"3, 5", "5, 5", "60, 60"})
  void retryAfterLengthensOneWait(long seconds, long expected) {
    Duration retryAfter = Duration.ofSeconds(seconds);

    PollStep.Wait busy = waiting(FIRST.answered(reply(429, "{}", retryAfter), false));
    PollStep.Wait pending =
        waiting(
            FIRST.answered(reply(400, "{\"error\":\"authorization_pending\"}", retryAfter), false));

    assertThat(busy.delay()).isEqualTo(Duration.ofSeconds(expected));
    assertThat(busy.step().interval()).isEqualTo(FIRST.interval());
    assertThat(pending.delay()).isEqualTo(busy.delay());
  }

  @ParameterizedTest
  @CsvSource({
    "408, {}",
    "429, {}",
    "500, {}",
    "503, {}",
    "503, {\"error\":\"access_denied\"}",
    "400, {\"error\":\"temporarily_unavailable\"}",
    "400, {\"error\":\"server_error\"}",
  })
  void transientAnswersDoNotEndTheSignIn(int status, String body) {
    PollStep.Wait next = waiting(FIRST.answered(reply(status, body, null), false));

    assertThat(next.delay()).isEqualTo(Duration.ofSeconds(5));
    assertThat(next.step().expired()).isInstanceOf(SignInExpired.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {50196, 90055, 90033, 50088})
  void entrasNumbersForTransientErrorsDoNotEndTheSignIn(int number) {
    Body body = new Body().with("error", "invalid_grant").with("error_codes", List.of(number));

    PollStep.Next next = FIRST.answered(reply(400, body.toString(), null), false);

    assertThat(next).isInstanceOf(PollStep.Wait.class);
  }

  @Test
  void brokenConnectionsDoubleTheWaitUpToAMinute() {
    PollStep.Wait first = waiting(FIRST.unanswered());
    PollStep.Wait second = waiting(first.step().unanswered());
    PollStep.Wait third = waiting(second.step().unanswered());
    PollStep.Wait fourth = waiting(third.step().unanswered());
    PollStep.Wait fifth = waiting(fourth.step().unanswered());

    assertThat(List.of(first, second, third, fourth, fifth))
        .extracting(wait -> wait.delay().toSeconds())
        .containsExactly(10L, 20L, 40L, 60L, 60L);
    assertThat(fifth.step().interval()).isEqualTo(FIRST.interval());
  }

  @Test
  void longIntervalIsDoubledToo() {
    PollStep slow = PollStep.first(Duration.ofSeconds(90));

    PollStep.Wait first = waiting(slow.unanswered());
    PollStep.Wait second = waiting(first.step().unanswered());

    assertThat(first.delay()).isEqualTo(Duration.ofMinutes(3));
    assertThat(second.delay()).isEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void waitFallsBackToTheIntervalWhenAnAnswerComes() {
    PollStep broken = waiting(waiting(FIRST.unanswered()).step().unanswered()).step();

    PollStep.Wait next = waiting(broken.answered(error(400, "authorization_pending"), false));

    assertThat(next.delay()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void slowDownOutlivesABrokenConnection() {
    PollStep slowed = waiting(FIRST.answered(error(400, "slow_down"), false)).step();

    PollStep.Wait broken = waiting(slowed.unanswered());
    PollStep.Wait next =
        waiting(broken.step().answered(error(400, "authorization_pending"), false));

    assertThat(broken.delay()).isEqualTo(Duration.ofSeconds(20));
    assertThat(next.delay()).isEqualTo(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @CsvSource({
    "60, 10", // there is time
    "11, 10", // still
    "10, 9", "7, 6", "6, 10", // it would not be longer than the interval
    "0, 10", "-3, 10",
  })
  void afterABrokenConnectionOnePollIsLeftBeforeTheCodeExpires(long left, long expected) {
    PollStep.Wait broken = waiting(FIRST.unanswered());

    Duration delay = broken.delayWithin(Duration.ofSeconds(left));

    assertThat(delay).isEqualTo(Duration.ofSeconds(expected));
  }

  @Test
  void waitThatTheServerAskedForIsNotCutShort() {
    Reply busy = reply(429, "{}", Duration.ofSeconds(30));

    PollStep.Wait pending = waiting(FIRST.answered(error(400, "authorization_pending"), false));
    PollStep.Wait asked = waiting(FIRST.answered(busy, false));

    assertThat(pending.delayWithin(Duration.ofSeconds(4))).isEqualTo(Duration.ofSeconds(5));
    assertThat(asked.delayWithin(Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void tokensEndThePolling() {
    PollStep.Next next = FIRST.answered(reply(200, Body.tokens().toString(), null), false);

    assertThat(next)
        .asInstanceOf(type(PollStep.Done.class))
        .satisfies(done -> assertThat(done.tokens().accessToken()).isEqualTo(Body.ACCESS_TOKEN));
  }

  @Test
  void tokensThatComeLateAreTokens() {
    PollStep.Next next = FIRST.answered(reply(200, Body.tokens().toString(), null), true);

    assertThat(next).isInstanceOf(PollStep.Done.class);
  }

  @Test
  void unusableTokensEndThePollingBecauseTheyAreIssuedOnce() {
    String body = Body.tokens().with("token_type", "mac").toString();

    LatchkeyException failure = failure(FIRST.answered(reply(200, body, null), false));

    assertThat(failure)
        .isInstanceOf(InvalidResponse.class)
        .hasMessageContaining("\"token_type\" is not Bearer");
  }

  @ParameterizedTest
  @CsvSource({
    "200, '{}', '\"access_token\" is missing'",
    "200, '{\"message\":\"hello\"}', '\"access_token\" is missing'",
    "400, '{}', 'HTTP 400, JSON without an OAuth error'",
    "400, '{\"error\":42}', 'HTTP 400, JSON without an OAuth error'",
    "401, '{\"error\":{\"code\":\"x\"}}', 'HTTP 401, JSON without an OAuth error'",
  })
  void otherJsonIsPolledAgainAndNamedAtTheEnd(int status, String body, String named) {
    PollStep.Wait next = waiting(FIRST.answered(reply(status, body, null), false));

    assertThat(next.delay()).isEqualTo(Duration.ofSeconds(5));
    assertThat(next.step().expired())
        .isInstanceOf(InvalidResponse.class)
        .hasMessageContaining(named)
        .extracting(LatchkeyException::remedy)
        .isNotNull();
  }

  @Test
  void unreadableAnswerIsNamedAtTheEnd() {
    Reply page = new Reply(200, null, "HTML page", null, Duration.ofSeconds(9), null, 0, 0);

    PollStep.Wait next = waiting(FIRST.answered(page, false));
    PollStep.Wait broken = waiting(next.step().unanswered());

    assertThat(next.delay()).isEqualTo(Duration.ofSeconds(9));
    assertThat(broken.step().expired())
        .isInstanceOf(InvalidResponse.class)
        .hasMessageContaining("HTTP 200, HTML page");
  }

  static Stream<Reply> hopeless() {
    return Stream.of(
        reply(200, "{}", null),
        reply(200, "{\"message\":\"hello\"}", null),
        reply(400, "{\"error\":42}", null),
        reply(403, "{\"message\":\"Forbidden\"}", null),
        reply(404, "{}", null),
        Replies.nonsense(400, "empty body"),
        Replies.nonsense(404, "empty body"),
        Replies.nonsense(404, "HTML page"),
        Replies.nonsense(405, "empty body"),
        Replies.nonsense(410, "HTML page"));
  }

  @ParameterizedTest
  @MethodSource("hopeless")
  void thirdAnswerInARowThatNoPortalSendsEndsTheSignIn(Reply hopeless) {
    PollStep.Wait first = waiting(FIRST.answered(hopeless, false));
    PollStep.Wait second = waiting(first.step().answered(hopeless, false));

    LatchkeyException failure = failure(second.step().answered(hopeless, false));

    assertThat(failure)
        .isInstanceOf(InvalidResponse.class)
        .hasMessageContaining(hopeless.ok() ? "access_token" : "HTTP " + hopeless.status());
    assertThat(failure.remedy()).contains("endpoint");
  }

  @Test
  void answersThatNoPortalSendsCountTogether() {
    PollStep missing = waiting(FIRST.answered(Replies.nonsense(404, "HTML page"), false)).step();
    PollStep broken = waiting(missing.unanswered()).step();
    PollStep empty = waiting(broken.answered(Replies.nonsense(400, "empty body"), false)).step();

    assertThat(failure(empty.answered(reply(200, "{}", null), false)))
        .isInstanceOf(InvalidResponse.class);
  }

  @Test
  void unexplainedUnauthorizedPointsToTheClientId() {
    Reply withheld = Replies.nonsense(401, "empty body");
    PollStep first = waiting(FIRST.answered(withheld, false)).step();
    PollStep second = waiting(first.answered(withheld, false)).step();

    assertThat(failure(second.answered(withheld, false)))
        .isInstanceOf(AppMisconfigured.class)
        .extracting(LatchkeyException::remedy, as(STRING))
        .contains("client id");
  }

  @ParameterizedTest
  @CsvSource({
    "200, HTML page",
    "200, empty body",
    "200, truncated JSON",
    "204, empty body",
    "302, 'a redirect, which is not followed'",
    "400, HTML page",
    "401, HTML page",
    "403, HTML page",
    "403, empty body",
    "407, HTML page",
  })
  void answerOfACaptivePortalNeverEndsTheSignIn(int status, String problem) {
    PollStep step = FIRST;

    for (int i = 0; i < 100; i++) {
      step = waiting(step.answered(Replies.nonsense(status, problem), false)).step();
    }

    assertThat(step.expired()).isInstanceOf(InvalidResponse.class);
  }

  @Test
  void otherAnswerInBetweenStartsTheCountAgain() {
    Reply missing = Replies.nonsense(404, "HTML page");
    Reply pending = error(400, "authorization_pending");
    Reply busy = reply(503, "{}", null);
    Reply portal = Replies.nonsense(200, "HTML page");

    for (Reply between : List.of(pending, busy, portal)) {
      PollStep step = FIRST;
      for (int i = 0; i < 5; i++) {
        step = waiting(step.answered(missing, false)).step();
        step = waiting(step.answered(missing, false)).step();
        step = waiting(step.answered(between, false)).step();
      }
    }
  }

  @Test
  void readableAnswerMakesEarlierUnreadableOnesForgotten() {
    PollStep confused = waiting(FIRST.answered(reply(400, "{}", null), false)).step();

    PollStep.Wait next = waiting(confused.answered(error(400, "authorization_pending"), false));

    assertThat(next.step().expired()).isInstanceOf(SignInExpired.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_denied", "authorization_declined"})
  void refusalIsADeclinedSignIn(String error) {
    LatchkeyException failure = failure(FIRST.answered(error(400, error), false));

    assertThat(failure).isInstanceOf(SignInDeclined.class);
    assertThat(failure.oauthError()).isNotNull();
  }

  @Test
  void expiredTokenIsAnExpiredSignIn() {
    LatchkeyException failure = failure(FIRST.answered(error(400, "expired_token"), false));

    assertThat(failure).isInstanceOf(SignInExpired.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bad_verification_code", "invalid_grant"})
  void rejectedDeviceCodeBeforeTheDeadlineIsReportedAsSuch(String error) {
    LatchkeyException failure = failure(FIRST.answered(error(400, error), false));

    assertThat(failure)
        .asInstanceOf(type(SignInRequired.class))
        .satisfies(
            why -> {
              assertThat(why.reason()).isEqualTo(Reason.DEVICE_CODE_REJECTED);
              assertThat(why).hasMessageContaining("should still be valid");
            });
  }

  @Test
  void invalidGrantPastTheDeadlineIsAnExpiredSignIn() {
    LatchkeyException failure = failure(FIRST.answered(error(400, "invalid_grant"), true));

    assertThat(failure).isInstanceOf(SignInExpired.class);
    assertThat(failure.oauthError())
        .satisfies(error -> assertThat(error.error()).isEqualTo("invalid_grant"));
  }

  @Test
  void policyErrorIsNotAnExpiryEvenPastTheDeadline() {
    Body body = new Body().with("error", "invalid_grant").with("error_codes", List.of(53003));

    LatchkeyException failure = failure(FIRST.answered(reply(400, body.toString(), null), true));

    assertThat(failure).isInstanceOf(AdminActionRequired.class);
  }

  @Test
  void requiredProofIsNotAnExpiryEvenPastTheDeadline() {
    Body body = new Body().with("error", "invalid_grant").with("error_codes", List.of(50076));

    LatchkeyException failure = failure(FIRST.answered(reply(400, body.toString(), null), true));

    assertThat(failure)
        .asInstanceOf(type(SignInRequired.class))
        .extracting(SignInRequired::reason)
        .isEqualTo(Reason.CLAIMS_CHALLENGE);
  }

  @Test
  void badVerificationCodePastTheDeadlineIsStillReportedAsSuch() {
    LatchkeyException failure = failure(FIRST.answered(error(400, "bad_verification_code"), true));

    assertThat(failure).isInstanceOf(SignInRequired.class);
  }

  @Test
  void invalidGrantAfterALostAnswerSaysThatItMayHaveHeldTheTokens() {
    PollStep lost = waiting(FIRST.unanswered()).step();
    PollStep badGateway = waiting(FIRST.answered(reply(502, "{}", null), false)).step();
    PollStep busyToo = waiting(badGateway.answered(reply(429, "{}", null), false)).step();
    PollStep truncated = waiting(FIRST.answered(reply(200, "{}", null), false)).step();

    for (PollStep step : List.of(lost, badGateway, busyToo, truncated)) {
      assertThat(failure(step.answered(error(400, "invalid_grant"), false)))
          .isInstanceOf(SignInRequired.class)
          .hasMessageContaining("may have held the tokens");
    }
    assertThat(failure(FIRST.answered(error(400, "invalid_grant"), false)))
        .hasMessageNotContaining("may have held the tokens");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invalid_request",
        "invalid_client",
        "unauthorized_client",
        "unsupported_grant_type",
        "invalid_scope",
        "some_code_of_the_year_2040",
      })
  void otherCodesStopThePollingAndSurviveVerbatim(String error) {
    LatchkeyException failure = failure(FIRST.answered(error(400, error), false));

    assertThat(failure).isInstanceOf(AppMisconfigured.class).hasMessageContaining(error);
    assertThat(failure.oauthError()).satisfies(sent -> assertThat(sent.error()).isEqualTo(error));
  }

  @Test
  void disabledAccountIsAnAccountProblem() {
    Body body = new Body().with("error", "invalid_grant").with("error_codes", List.of(50057));

    LatchkeyException failure = failure(FIRST.answered(reply(400, body.toString(), null), false));

    assertThat(failure).isInstanceOf(AccountProblem.class);
  }

  @Test
  void progressTellsWhatTheWaitIsFor() {
    assertThat(stateAfter(error(400, "authorization_pending"))).isEqualTo(State.WAITING);
    assertThat(stateAfter(error(400, "slow_down"))).isEqualTo(State.SLOWED_DOWN);
    assertThat(stateAfter(error(503, "authorization_pending"))).isEqualTo(State.SERVER_BUSY);
    assertThat(stateAfter(error(429, "temporarily_unavailable"))).isEqualTo(State.SERVER_BUSY);
    assertThat(stateAfter(reply(408, "{}", null))).isEqualTo(State.SERVER_BUSY);
    assertThat(stateAfter(Replies.nonsense(200, "HTML page"))).isEqualTo(State.UNREADABLE);
    assertThat(stateAfter(Replies.nonsense(404, "HTML page"))).isEqualTo(State.UNREADABLE);
  }

  private static State stateAfter(Reply reply) {
    return FIRST.stateAfter(reply, waiting(FIRST.answered(reply, false)));
  }

  private static Reply error(int status, String error) {
    return reply(status, new Body().with("error", error).toString(), null);
  }

  private static Reply reply(int status, String body, @Nullable Duration retryAfter) {
    JsonObject json = Json.object(body);
    return new Reply(status, json, null, OAuthErrors.read(status, json), retryAfter, null, 0, 0);
  }

  private static PollStep.Wait waiting(PollStep.Next next) {
    assertThat(next).isInstanceOf(PollStep.Wait.class);
    return (PollStep.Wait) next;
  }

  private static LatchkeyException failure(PollStep.Next next) {
    assertThat(next).isInstanceOf(PollStep.Failed.class);
    return ((PollStep.Failed) next).failure();
  }
}
