package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import dev.latchkey.AccessToken;
import dev.latchkey.ClientSeams;
import dev.latchkey.TokenSource;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.FaultyStore.Call;
import dev.latchkey.fixture.FaultyTime;
import dev.latchkey.fixture.Jwt;
import dev.latchkey.fixture.LogCapture;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.ScriptedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/** Whatever goes wrong between the answer to a refresh and its save, the new token is stored. */
class FaultAfterTheAnswerTest {

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  @ParameterizedTest
  @MethodSource("faults")
  void refreshTokenIsStoredFirstAndTheFailureIsTyped(Supplier<Throwable> fault) {
    List<String> outcomes = new ArrayList<>();
    boolean thrown = true;
    for (int reading = 1; thrown; reading++) {
      RefreshRun run = new RefreshRun(server).expired();
      FaultyTime time = FaultyTime.elsewhere(run.time);
      TokenSource tokens =
          run.client(builder -> ClientSeams.time(builder, time)).tokens(RefreshRun.account());
      int at = reading;
      server.answer("/token", answer().after(() -> time.failAt(at, fault.get())));

      Throwable failure = catchThrowable(tokens::get);
      thrown = !time.isStillToFail();

      assertThat(run.storedRefreshToken()).as("reading %d", at).isEqualTo(Body.REFRESH_TOKEN);
      assertThat(run.stored().possiblySpent()).isFalse();
      if (failure != null) {
        assertThat(failure)
            .isInstanceOf(LatchkeyException.class)
            .hasMessageContaining(fault.get().getClass().getName());
      }
      outcomes.add(failure == null ? "token" : "failure");
    }
    assertThat(outcomes).contains("failure").endsWith("token").hasSizeGreaterThan(3);
  }

  static Stream<Named<Supplier<Throwable>>> faults() {
    return Stream.of(
        Named.of("OutOfMemoryError", () -> new OutOfMemoryError("Java heap space")),
        Named.of("StackOverflowError", StackOverflowError::new),
        Named.of("NoClassDefFoundError", () -> new NoClassDefFoundError("dev/latchkey/Gone")),
        Named.of("ArithmeticException", () -> new ArithmeticException("long overflow")),
        Named.of("IllegalStateException", IllegalStateException::new));
  }

  /** The next refresh sends the token that was stored, and succeeds. */
  @Test
  void sessionGoesOnAfterTheFault() {
    RefreshRun run = new RefreshRun(server).expired();
    FaultyTime time = FaultyTime.elsewhere(run.time);
    TokenSource tokens =
        run.client(builder -> ClientSeams.time(builder, time)).tokens(RefreshRun.account());
    server.answer(
        "/token",
        answer().after(() -> time.failAt(1, new OutOfMemoryError())),
        Answer.json(200, Body.tokens().with("refresh_token", "third")));

    Throwable failure = catchThrowable(tokens::get);
    run.time.advance(Duration.ofSeconds(1));
    AccessToken token = tokens.get();

    assertThat(failure).isInstanceOf(LatchkeyException.class);
    assertThat(token.value()).isEqualTo(Body.ACCESS_TOKEN);
    assertThat(server.requests("/token").get(1).form())
        .containsEntry("refresh_token", Body.REFRESH_TOKEN);
    assertThat(run.storedRefreshToken()).isEqualTo("third");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Fri, 31 Dec +999999999 23:59:59 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Sat, 01 Jan 0000 00:00:00 GMT"
      })
  void absurdDateCostsNoRefreshToken(String date) {
    RefreshRun run = new RefreshRun(server).expired();
    server.answer(
        "/token", Answer.page(200, "application/json", Body.tokens().toString(), "Date: " + date));

    AccessToken token = run.tokens().get();

    assertThat(token.value()).isEqualTo(Body.ACCESS_TOKEN);
    assertThat(run.storedRefreshToken()).isEqualTo(Body.REFRESH_TOKEN);
  }

  @ParameterizedTest
  @CsvSource({
    "expires_in, 1e99", "expires_in, -9223372036854775808", "expires_in, 9223372036854775807",
    "refresh_in, 1e99", "refresh_in, -9223372036854775808", "refresh_in, 9223372036854775807",
    "expires_in, 1e-999999999", "interval, 1e99"
  })
  void absurdTimeInTheAnswerCostsNoRefreshToken(String member, String value) {
    RefreshRun run = new RefreshRun(server).expired();
    server.answer(
        "/token",
        Answer.page(
            200,
            "application/json",
            Body.tokens().withRaw(member, value),
            "Retry-After: 99999999999999999999"));

    AccessToken token = run.tokens().get();

    assertThat(token.value()).isEqualTo(Body.ACCESS_TOKEN);
    assertThat(run.storedRefreshToken()).isEqualTo(Body.REFRESH_TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e99", "9223372036854775807", "-9223372036854775808", "-1e99", "1e-99"})
  void absurdTimeInTheIdTokenCostsNoRefreshToken(String instant) {
    RefreshRun run = new RefreshRun(server).expired();
    String claims =
        Jwt.claims(RefreshRun.account().issuer())
            .with("sub", "alice")
            .with("iat", 0)
            .withRaw("exp", instant)
            .replace("\"iat\":0", "\"iat\":" + instant);
    server.answer("/token", Answer.json(200, Body.tokens().with("id_token", Jwt.of(claims))));

    Throwable failure = catchThrowable(run.tokens()::get);

    assertThat(run.storedRefreshToken()).isEqualTo(Body.REFRESH_TOKEN);
    if (failure != null) { // a token that expired long ago is refused
      assertThat(failure).isInstanceOf(LatchkeyException.class);
    }
  }

  @Test
  void logThatFailsCostsNoRefreshToken() {
    RefreshRun run = new RefreshRun(server).expired();
    FailingLog failing = new FailingLog();
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    server.answer("/token", answer().after(() -> context.addTurboFilter(failing)));

    Throwable failure;
    try {
      failure = catchThrowable(run.tokens()::get);
    } finally {
      context.resetTurboFilterList();
    }

    assertThat(failing.called).isTrue();
    assertThat(failure).isInstanceOf(LatchkeyException.class);
    assertThat(run.storedRefreshToken()).isEqualTo(Body.REFRESH_TOKEN);
  }

  private static final class FailingLog extends TurboFilter {
    volatile boolean called;

    @Override
    public FilterReply decide(
        Marker marker, Logger logger, Level level, String format, Object[] params, Throwable t) {
      if (!logger.getName().startsWith("dev.latchkey.internal.session")) {
        return FilterReply.NEUTRAL;
      }
      called = true;
      throw new IllegalStateException("the log is broken");
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void storeThatFailsWithAnErrorCostsNoRefreshToken(Supplier<Throwable> fault) throws Exception {
    RefreshRun run = new RefreshRun(server).expired();
    server.answer("/token", answer().after(() -> run.store.failWith(Call.WRITE, fault.get())));

    AccessToken token = run.tokens().get();
    run.store.mend(Call.WRITE);
    run.time.finishNextWait();
    run.workers.awaitIdle();

    assertThat(token.value()).isEqualTo(Body.ACCESS_TOKEN);
    assertThat(run.storedRefreshToken()).isEqualTo(Body.REFRESH_TOKEN);
    assertThat(run.heard.lines()).contains("store failed: UNAVAILABLE", "store recovered");
  }

  @Test
  void refreshTokenThatIsTooLongForAnyStoreIsReportedAndLogged() throws Exception {
    RefreshRun run = new RefreshRun(server).expired();
    String tooLong = "r".repeat(120_000);
    server.answer("/token", Answer.json(200, Body.tokens().with("refresh_token", tooLong)));

    try (LogCapture log = new LogCapture()) {
      AccessToken token = run.tokens().get();

      assertThat(token.value()).isEqualTo(Body.ACCESS_TOKEN);
      assertThat(run.heard.await(2)).contains("store failed: TOO_LARGE");
      assertThat(log.messages(Level.WARN))
          .singleElement()
          .asString()
          .contains("is kept in memory", "a token store takes 100000");
    }
    assertThat(run.storedRefreshToken()).isEqualTo(RefreshRun.REFRESH_TOKEN);
  }

  @Test
  void failureOfAWriteSaysWhatToDo() {
    TokenStoreFailure failure = RecordRepository.asFailure(new OutOfMemoryError());

    assertThat(failure.problem()).isEqualTo(Problem.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("java.lang.OutOfMemoryError");
    assertThat(failure.remedy()).isNotNull();
  }

  private static Answer answer() {
    return Answer.page(
        200, "application/json", Body.tokens().toString(), "Date: Sun, 01 Mar 2026 12:00:00 GMT");
  }
}
