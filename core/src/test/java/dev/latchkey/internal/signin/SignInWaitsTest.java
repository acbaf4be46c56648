package dev.latchkey.internal.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.SignInResult;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.SignInExpired;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.FakeTime;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.SignInRun;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a pending sign-in waits between polls, with and without failures. */
class SignInWaitsTest {

  private static final Answer PENDING = Answer.error("authorization_pending");
  private static final Answer SLOW_DOWN = Answer.error("slow_down");
  private static final Answer TOKENS = Answer.json(200, Body.tokens());

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final SignInRun run = new SignInRun(server);

  @Test
  void firstPollComesOneIntervalAfterTheAnswer() {
    device(Body.device().with("interval", 7));
    server.answer("/token", TOKENS);

    SignInResult signedIn = run.toSuccess();

    assertThat(run.waits()).containsExactly(7L);
    assertThat(signedIn.token().value()).isEqualTo(Body.ACCESS_TOKEN);
  }

  @Test
  void missingIntervalIsFiveSeconds() {
    device(Body.device().without("interval"));
    server.answer("/token", PENDING, TOKENS);

    run.toSuccess();

    assertThat(run.waits()).containsExactly(5L, 5L);
  }

  @ParameterizedTest
  @CsvSource({"0, 5", "-1, 5", "null, 5", "'\"soon\"', 5", "'\"7\"', 7", "0.5, 1", "1e99, 300"})
  void unusualIntervalIsReadSafely(String interval, long expected) {
    server.answer("/device", Answer.json(200, Body.device().withRaw("interval", interval)));
    server.answer("/token", TOKENS);

    run.toSuccess();

    assertThat(run.waits()).containsExactly(expected);
  }

  @Test
  void slowDownLengthensEveryLaterWait() {
    device(Body.device().with("interval", 1));
    server.answer("/token", SLOW_DOWN, SLOW_DOWN, PENDING, PENDING, TOKENS);

    run.toSuccess();

    assertThat(run.waits()).containsExactly(1L, 6L, 11L, 11L, 11L);
  }

  @Test
  void slowDownTakesTheServersOwnLargerInterval() {
    device(Body.device().with("interval", 1));
    Body slow = new Body().with("error", "slow_down");
    server.answer("/token", Answer.json(400, slow.with("interval", 30)));
    server.answer("/token", PENDING);
    server.answer("/token", Answer.json(400, slow.with("interval", 2)));
    server.answer("/token", TOKENS);

    run.toSuccess();

    assertThat(run.waits()).containsExactly(1L, 30L, 30L, 35L);
  }

  @Test
  void waitRunsFromTheArrivalOfTheLastAnswer() {
    device(Body.device());
    server.answer("/token", PENDING.after(() -> run.time.advance(Duration.ofSeconds(12))), TOKENS);

    run.toSuccess();

    assertThat(run.waits()).containsExactly(5L, 5L);
    assertThat(run.time.wallMillis())
        .isEqualTo(FakeTime.START.plusSeconds(5 + 12 + 5).toEpochMilli());
  }

  @Test
  void transientFailuresDelayASignInAndDoNotEndIt() {
    device(Body.device().with("interval", 1));
    server.answer("/token", Answer.html(503), Answer.json(503, "{}"));
    server.answer("/token", Answer.page(429, "text/plain", "Too many", "Retry-After: 3"));
    server.answer("/token", Answer.reset(), Answer.reset());
    server.answer("/token", Answer.truncated(200, Body.tokens()), PENDING);
    server.answer("/token", Answer.html(200), TOKENS);

    SignInResult signedIn = run.toSuccess();

    assertThat(run.waits()).containsExactly(1L, 1L, 1L, 3L, 2L, 4L, 8L, 1L, 1L);
    assertThat(signedIn.token().value()).isEqualTo(Body.ACCESS_TOKEN);
  }

  @Test
  void brokenConnectionsDoubleTheWaitUntilAnAnswerComes() {
    device(Body.device());
    Answer reset = Answer.reset();
    server.answer("/token", reset, reset, reset, reset, reset, PENDING, reset, TOKENS);

    run.toSuccess();

    assertThat(run.waits()).containsExactly(5L, 10L, 20L, 40L, 60L, 60L, 5L, 10L);
  }

  @Test
  void serverThatAnswersTooLateIsABrokenConnection() {
    SignInRun hasty =
        new SignInRun(
            PublicClient.builder()
                .authorizationServer(server.authorizationServer())
                .requestTimeout(Duration.ofMillis(300)));
    device(Body.device());
    server.answer("/token", Answer.hang(), Answer.hang(), PENDING, TOKENS);

    hasty.toSuccess();

    assertThat(hasty.waits()).containsExactly(5L, 10L, 20L, 5L);
  }

  @Test
  void retryAfterMayBeADate() {
    device(Body.device());
    String date = "Date: Sun, 01 Mar 2026 13:00:00 GMT";
    server.answer(
        "/token",
        Answer.page(503, "text/plain", "", date, "Retry-After: Sun, 01 Mar 2026 13:00:42 GMT"));
    server.answer("/token", Answer.page(503, "text/plain", "", "Retry-After: whenever"), TOKENS);

    run.toSuccess();

    assertThat(run.waits()).containsExactly(5L, 42L, 5L);
  }

  @Test
  void retryAfterWithoutADateHeaderIsReadByTheWallClock() {
    device(Body.device());
    String at = "Retry-After: Sun, 01 Mar 2026 12:01:05 GMT";
    server.answer("/token", Answer.page(429, "text/plain", "", at), TOKENS);

    run.toSuccess();

    assertThat(run.waits()).containsExactly(5L, 60L);
  }

  @Test
  void retryAfterBeyondTheDeadlineLeavesNoPoll() {
    device(Body.device());
    server.answer("/token", Answer.page(429, "text/plain", "", "Retry-After: 86400"));

    run.toFailure(SignInExpired.class);

    assertThat(run.waits()).containsExactly(5L, 895L);
  }

  @Test
  void unusedCodeExpiresWithoutASuperfluousPoll() {
    device(Body.device().with("expires_in", 17));
    server.answer("/token", PENDING, PENDING, PENDING);

    SignInExpired failure = run.toFailure(SignInExpired.class);

    assertThat(run.waits()).containsExactly(5L, 5L, 5L, 2L);
    assertThat(failure.remedy()).isNotBlank();
    run.time.advance(Duration.ofDays(1));
    assertThat(run.time.pending()).isZero();
  }

  @Test
  void intervalBeyondTheDeadlineLeavesNoPoll() {
    device(Body.device().with("interval", 60).with("expires_in", 60));

    run.toFailure(SignInExpired.class);

    assertThat(run.waits()).containsExactly(60L);
    assertThat(server.requests("/token")).isEmpty();
  }

  @Test
  void onePollIsLeftAfterBrokenConnectionsBeforeTheCodeExpires() {
    device(Body.device().with("expires_in", 60));
    server.answer("/token", Answer.reset(), Answer.reset(), TOKENS);

    run.toSuccess();

    assertThat(run.waits()).containsExactly(5L, 10L, 20L);
  }

  @Test
  void lastPollAfterBrokenConnectionsComesASecondBeforeTheCodeExpires() {
    device(Body.device().with("expires_in", 50));
    server.answer("/token", Answer.reset(), Answer.reset(), Answer.reset(), Answer.reset());

    run.toFailure(SignInExpired.class);

    assertThat(run.waits()).containsExactly(5L, 10L, 20L, 14L, 1L);
  }

  @Test
  void lifetimeOfTheCodeStartsBeforeTheRequest() {
    Answer slow = Answer.json(200, Body.device().with("expires_in", 20));
    server.answer("/device", slow.after(() -> run.time.advance(Duration.ofSeconds(8))));
    server.answer("/token", PENDING, PENDING);

    run.toFailure(SignInExpired.class);

    assertThat(run.waits()).containsExactly(5L, 5L, 2L);
  }

  @Test
  void deadlineUsesTheMonotonicClock() {
    device(Body.device().with("expires_in", 20));
    server.answer("/token", PENDING, PENDING, PENDING);
    SignIn signIn = run.client().beginSignIn();
    run.time.setWallClock(Duration.ofDays(-400));
    run.time.finishNextWait();
    run.time.setWallClock(Duration.ofDays(800));

    run.finish(signIn);

    SignInRun.failure(SignInExpired.class, signIn);
    assertThat(run.waits()).containsExactly(5L, 5L, 5L, 5L);
  }

  @Test
  void persistentUnreadableAnswersEndWithTheCodeAndSayWhatWasWrong() {
    device(Body.device().with("expires_in", 16));
    Answer page = Answer.html(200);
    server.answer("/token", page, page, page);

    InvalidResponse failure = run.toFailure(InvalidResponse.class);

    assertThat(run.waits()).containsExactly(5L, 5L, 5L, 1L);
    assertThat(failure).hasMessageContaining("HTTP 200, HTML page");
    assertThat(failure.remedy()).contains("captive portal");
  }

  @Test
  void expiresInIsAQuarterOfAnHourIfAbsent() {
    device(Body.device().without("expires_in").with("interval", 300));
    server.answer("/token", PENDING, PENDING);

    run.toFailure(SignInExpired.class);

    assertThat(run.waits()).containsExactly(300L, 300L, 300L);
  }

  @Test
  void absurdlyLongLifetimeIsCappedAtADay() {
    server.answer("/device", Answer.json(200, Body.device().withRaw("expires_in", "1e99")));

    SignIn signIn = run.client().beginSignIn();

    assertThat(signIn.deviceAuthorization().expiresIn()).isEqualTo(Duration.ofDays(1));
    assertThat(signIn.cancel()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "-1e99"})
  void codeThatExpiresAtOnceIsRejected(String expiresIn) {
    server.answer("/device", Answer.json(200, Body.device().withRaw("expires_in", expiresIn)));

    InvalidResponse failure = run.beginToFailure(InvalidResponse.class);

    assertThat(failure).hasMessageContaining("\"expires_in\" is not positive");
    assertThat(run.waits()).isEqualTo(List.of());
  }

  private void device(Body body) {
    server.answer("/device", Answer.json(200, body));
  }
}
