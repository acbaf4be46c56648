package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.SignInOptions;
import dev.latchkey.SignInResult;
import dev.latchkey.TokenSource;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.Throttled;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.Crowd;
import dev.latchkey.fixture.Failures;
import dev.latchkey.fixture.Gate;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.ScriptedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The server is busy or down: callers are told when to retry, and send no request before. */
class BusyServerTest {

  private static final Account ALICE = RefreshRun.account();

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final RefreshRun run = new RefreshRun(server).expired();
  private final PublicClient client = run.client();
  private final TokenSource tokens = client.tokens(ALICE);

  @Test
  void throttledCallersCountDownWithoutARequest() {
    server.answer("/token", busy(60), Answer.json(200, Body.tokens()));

    List<Duration> left = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      left.add(Failures.of(Throttled.class, tokens::get).retryAfter());
      run.time.advance(Duration.ofSeconds(10));
    }

    assertThat(left).extracting(Duration::toSeconds).containsExactly(60L, 50L, 40L, 30L, 20L, 10L);
    assertThat(server.requests("/token")).hasSize(1);
    assertThat(tokens.get().value()).isEqualTo(Body.ACCESS_TOKEN);
  }

  @Test
  void unavailableServerIsTriedAfterItsOwnTime() {
    server.answer(
        "/token",
        Answer.page(503, "text/html", "down", "Retry-After: 7"),
        Answer.json(200, Body.tokens()));

    ServiceUnavailable down = Failures.of(ServiceUnavailable.class, tokens::get);
    run.time.advance(Duration.ofMillis(6_999));
    ServiceUnavailable still = Failures.of(ServiceUnavailable.class, tokens::get);
    run.time.advance(Duration.ofMillis(1));

    assertThat(down.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    assertThat(still.retryAfter()).isEqualTo(Duration.ofMillis(1));
    assertThat(tokens.get().value()).isEqualTo(Body.ACCESS_TOKEN);
  }

  @Test
  void throttledRequestLeavesTheRefreshTokenUnmarked() {
    server.answer("/token", busy(60));

    Throttled unused = Failures.of(Throttled.class, tokens::get);

    assertThat(run.stored().possiblySpent()).isFalse();
  }

  @Test
  void withoutRetryAfterThePausesGrow() {
    server.answerAlways("/token", Answer.html(503));

    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      ServiceUnavailable down = Failures.of(ServiceUnavailable.class, tokens::get);
      pauses.add(down.retryAfter());
      run.time.advance(Objects.requireNonNull(down.retryAfter()));
    }

    assertThat(pauses)
        .extracting(Duration::toSeconds)
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
    assertThat(server.requests("/token")).hasSize(8);
  }

  @Test
  void crowdInALoopMakesOneRequest() {
    server.answer("/token", busy(60));

    List<Object> all =
        new Crowd().add(64, () -> Failures.of(Throttled.class, tokens::get).retryAfter()).go();

    assertThat(all).containsOnly(Duration.ofSeconds(60));
    assertThat(server.requests("/token")).hasSize(1);
  }

  @Test
  void otherScopeSetsObeyTheSamePause() {
    server.answer("/token", busy(60));
    Throttled unused = Failures.of(Throttled.class, tokens::get);

    Throttled other = Failures.of(Throttled.class, client.tokens(ALICE, List.of("Mail.Read"))::get);

    assertThat(other.retryAfter()).isEqualTo(Duration.ofSeconds(60));
    assertThat(server.requests("/token")).hasSize(1);
  }

  @Test
  void callersThatWaitedForTheLeaseSendNoRequestAfterARefusal() throws Exception {
    Gate gate = new Gate();
    server.answer("/token", busy(60).after(gate::pass));
    Crowd crowd = new Crowd();
    for (String scope : List.of("a", "b", "c", "d")) {
      TokenSource source = client.tokens(ALICE, List.of(scope));
      crowd.add(4, () -> Failures.of(Throttled.class, source::get).retryAfter());
    }

    var all = crowd.set();
    server.awaitRequests("/token", 1);
    gate.open();
    all.forEach(result -> assertThat(result.join()).isEqualTo(Duration.ofSeconds(60)));

    assertThat(server.requests("/token")).hasSize(1);
  }

  @Test
  void refusedScopeSetDelaysNoOther() {
    server.answer("/token", Answer.error("invalid_scope"), Answer.json(200, Body.tokens()));
    TokenSource wrong = client.tokens(ALICE, List.of("no.such"));

    SignInRequired first = Failures.of(SignInRequired.class, wrong::get);
    SignInRequired again = Failures.of(SignInRequired.class, wrong::get);

    assertThat(again).isSameAs(first);
    assertThat(tokens.get().value()).isEqualTo(Body.ACCESS_TOKEN);
  }

  @Test
  void unreadableAnswerIsFollowedByAPause() {
    server.answer("/token", Answer.html(200));

    InvalidResponse first = Failures.of(InvalidResponse.class, tokens::get);
    InvalidResponse again = Failures.of(InvalidResponse.class, tokens::get);

    assertThat(again).isSameAs(first);
    assertThat(server.requests("/token")).hasSize(1);
  }

  @Test
  void signInEndsThePause() {
    server.answer("/token", busy(3_600), Answer.json(200, Body.tokens()));
    server.answer("/device", Answer.json(200, Body.device()));
    Throttled unused = Failures.of(Throttled.class, tokens::get);
    SignIn signIn = client.beginSignIn(SignInOptions.NONE.withAccountId(ALICE.id()));
    run.time.finishNextWait();
    SignInResult signedIn = signIn.await();
    server.answer("/token", Answer.json(200, Body.tokens().with("access_token", "mail")));

    AccessToken mail = client.tokens(signedIn.account(), List.of("Mail.Read")).get();

    assertThat(mail.value()).isEqualTo("mail");
  }

  private static Answer busy(int seconds) {
    return Answer.page(429, "text/plain", "Too Many Requests", "Retry-After: " + seconds);
  }
}
