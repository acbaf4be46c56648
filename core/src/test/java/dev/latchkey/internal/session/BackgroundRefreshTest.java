package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.AccessToken;
import dev.latchkey.TokenSource;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.Crowd;
import dev.latchkey.fixture.Gate;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.internal.time.Jitter;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The token is due and still valid: callers get it at once, and one refresh runs in the background.
 */
class BackgroundRefreshTest {

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final RefreshRun run = new RefreshRun(server).signedIn();
  private final TokenSource tokens = run.tokens();

  @BeforeEach
  void untilItIsDue() {
    AccessToken unused = tokens.get();
    run.time.advance(Duration.ofMinutes(56));
  }

  @Test
  void callersAreServedAtOnceWhileOneRefreshRuns() throws Exception {
    Gate gate = new Gate();
    server.answer("/token", Answer.json(200, Body.tokens()).after(gate::pass));

    for (int i = 0; i < 1_000; i++) {
      assertThat(tokens.get().value()).isEqualTo(RefreshRun.ACCESS_TOKEN);
    }
    server.awaitRequests("/token", 1);
    assertThat(tokens.get().value()).isEqualTo(RefreshRun.ACCESS_TOKEN);
    gate.open();
    run.workers.awaitIdle();

    assertThat(tokens.get().value()).isEqualTo(Body.ACCESS_TOKEN);
    assertThat(server.requests("/token")).hasSize(1);
  }

  @Test
  void manyThreadsStartOneRefresh() throws Exception {
    server.answer("/token", Answer.json(200, Body.tokens()));

    new Crowd().add(64, tokens::get).go();
    run.workers.awaitIdle();

    assertThat(tokens.get().value()).isEqualTo(Body.ACCESS_TOKEN);
    assertThat(server.requests("/token")).hasSize(1);
  }

  @Test
  void dueTokenOfAnEarlierProcessIsReturnedAndRefreshedInTheBackground() throws Exception {
    server.answer("/token", Answer.json(200, Body.tokens()));
    TokenSource restarted = run.tokens();

    AccessToken first = restarted.get();
    run.workers.awaitIdle();

    assertThat(first.value()).isEqualTo(RefreshRun.ACCESS_TOKEN);
    assertThat(restarted.get().value()).isEqualTo(Body.ACCESS_TOKEN);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void failureDisturbsNobodyAndCausesNoFlood(Supplier<Answer> failure) throws Exception {
    server.answer("/token", failure.get());

    AccessToken first = tokens.get();
    run.workers.awaitIdle();
    for (int i = 0; i < 1_000; i++) {
      assertThat(tokens.get().value()).isEqualTo(first.value());
    }

    assertThat(server.requests("/token")).hasSize(1);
    assertThat(run.heard.lines()).isEmpty();
  }

  static Stream<Named<Supplier<Answer>>> failures() {
    return Stream.of(
        Named.of("a reset", Answer::reset),
        Named.of("500", () -> Answer.html(500)),
        Named.of("rubbish", () -> Answer.html(200)),
        Named.of("half an answer", () -> Answer.truncated(200, Body.tokens())),
        Named.of("429", () -> Answer.page(429, "text/plain", "Too Many Requests")),
        Named.of("invalid_scope", () -> Answer.error("invalid_scope")),
        Named.of("no access token", () -> Answer.json(200, new Body().with(Map.of("a", 1)))));
  }

  @Test
  void tokensOfManyProgramsAreDueApartAndNotLater() throws Exception {
    run.time.jitter(Jitter.of(() -> -1)); // as early as can be
    server.answer("/token", Answer.json(200, Body.tokens()), Answer.json(200, Body.tokens()));
    AccessToken unused = tokens.get();
    run.workers.awaitIdle();

    run.time.advance(Duration.ofMinutes(45));
    unused = tokens.get();
    run.workers.awaitIdle();
    int before = server.requests("/token").size();
    run.time.advance(Duration.ofSeconds(1));
    unused = tokens.get();
    run.workers.awaitIdle();

    assertThat(before).isEqualTo(1);
    assertThat(server.requests("/token")).hasSize(2);
  }

  @Test
  void failedEarlyRefreshIsRepeatedOnceBeforeTheTokenEnds() throws Exception {
    run.time.jitter(Jitter.of(new Random(1)));
    server.answer("/token", Answer.html(503), Answer.json(200, Body.tokens()));
    AccessToken unused = tokens.get(); // four minutes are left
    run.workers.awaitIdle();

    run.time.advance(Duration.ofSeconds(119));
    unused = tokens.get();
    run.workers.awaitIdle();
    int before = server.requests("/token").size();
    run.time.advance(Duration.ofSeconds(62));
    AccessToken inHand = tokens.get();
    run.workers.awaitIdle();

    assertThat(before).isEqualTo(1);
    assertThat(inHand.value()).isEqualTo(RefreshRun.ACCESS_TOKEN);
    assertThat(tokens.get().value()).isEqualTo(Body.ACCESS_TOKEN);
  }

  @Test
  void throttledRefreshIsRepeatedAfterThePauseAndNotBefore() throws Exception {
    server.answer(
        "/token",
        Answer.page(429, "text/plain", "Too Many Requests", "Retry-After: 30"),
        Answer.json(200, Body.tokens()));
    AccessToken unused = tokens.get();
    run.workers.awaitIdle();

    run.time.advance(Duration.ofSeconds(29));
    unused = tokens.get();
    int before = server.requests("/token").size();
    run.time.advance(Duration.ofSeconds(1));
    unused = tokens.get();
    run.workers.awaitIdle();

    assertThat(before).isEqualTo(1);
    assertThat(tokens.get().value()).isEqualTo(Body.ACCESS_TOKEN);
  }

  @Test
  void afterASignOutByAnotherProcessTheTokenIsUsedToItsEndWithFewReadsOfTheStore()
      throws Exception {
    run.delete();

    AccessToken first = tokens.get();
    run.workers.awaitIdle();
    int calls = run.store.calls();
    for (int i = 0; i < 1_000; i++) {
      assertThat(tokens.get()).isEqualTo(first);
    }

    assertThat(run.store.calls()).isEqualTo(calls);
  }

  @Test
  void executorThatWasShutDownDisturbsNobodyWhileTheTokenIsAlive() {
    run.workers.shutDown();

    assertThat(tokens.get().value()).isEqualTo(RefreshRun.ACCESS_TOKEN);
  }
}
