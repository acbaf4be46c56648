package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.AccessToken;
import dev.latchkey.PublicClient;
import dev.latchkey.TokenSource;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.RotatingServer;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.internal.oauth.Scopes;
import dev.latchkey.internal.session.SessionRecord.StoredToken;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Stored instants follow the server's {@code Date}, and are read by clocks that may be wrong now,
 * or were wrong when they were written.
 */
class StoredTokenClockTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final String KEY = Scopes.key(RefreshRun.SCOPES);

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final RefreshRun run = new RefreshRun(server);
  private final RotatingServer rotating = new RotatingServer();

  /** The server's clock, which is right; this machine's may be wrong. */
  private Duration serverAhead = Duration.ZERO;

  @Test
  void instantsAreStoredByTheServersClock() {
    serverAhead = HOUR;
    refresh(run.tokens());

    StoredToken token = Objects.requireNonNull(run.stored().tokens().get(KEY));

    assertThat(run.stored().skewMillis())
        .isBetween(HOUR.toMillis() - 1_000, HOUR.toMillis() + 1_000);
    assertThat(Instant.ofEpochMilli(token.endsAt()))
        .isBetween(serverNow().plus(HOUR).minusSeconds(1), serverNow().plus(HOUR).plusSeconds(1));
    assertThat(run.tokens().get().expiresAt())
        .isBetween(now().plus(HOUR).minusSeconds(1), now().plus(HOUR).plusSeconds(1));
  }

  @Test
  void processWithoutAnAnswerOfTheServerUsesTheWritersSkew() {
    serverAhead = HOUR.negated();
    refresh(run.tokens());

    run.time.advance(Duration.ofMinutes(50));
    AccessToken alive = run.tokens().get();
    run.time.advance(Duration.ofMinutes(10).plusSeconds(1));
    AccessToken next = run.tokens().get();

    assertThat(alive.value()).isEqualTo("access-1");
    assertThat(next.value()).isEqualTo("access-2");
  }

  @Test
  void processWithAnAnswerOfTheServerUsesItsOwnSkew() {
    serverAhead = HOUR;
    PublicClient client = run.client();
    refresh(client.tokens(RefreshRun.account()));
    mendTheClock();
    AccessToken unused = client.tokens(RefreshRun.account(), List.of("Mail.Read")).get();
    run.time.advance(Duration.ofMinutes(30));
    run.put(tokenOfAnother(Duration.ofMinutes(10), HOUR.toMillis()));

    AccessToken token = client.tokens(RefreshRun.account(), List.of("Other")).get();

    assertThat(token.value()).isEqualTo("other");
    assertThat(token.expiresAt())
        .isBetween(
            now().plus(Duration.ofMinutes(10)).minusSeconds(2),
            now().plus(Duration.ofMinutes(10)).plusSeconds(2));
  }

  @Test
  void tokenWrittenWhileTheClockWasAheadIsNotTreatedAsIssuedInTheFuture() {
    run.time.setWallClock(HOUR);
    refreshWithoutDate(run.tokens());
    run.time.setWallClock(HOUR.negated());

    AccessToken token = run.tokens().get();

    assertThat(token.value()).isEqualTo("access-2");
  }

  @Test
  void tokenWrittenWhileTheClockWasBehindIsTreatedAsOldAndRefreshed() {
    run.time.setWallClock(HOUR.negated());
    refreshWithoutDate(run.tokens());
    run.time.setWallClock(HOUR);

    AccessToken token = run.tokens().get();

    assertThat(token.value()).isEqualTo("access-2");
    assertThat(rotating.reuses()).isZero();
  }

  @Test
  void wallClockSetBackDoesNotBringAnExpiredTokenBackFromTheStore() {
    TokenSource tokens = run.tokens();
    refresh(tokens);
    run.time.setWallClock(HOUR.negated());

    run.time.advance(HOUR);
    AccessToken token = tokens.get();

    assertThat(token.value()).isEqualTo("access-2");
  }

  @Test
  void wallClockSetBackDoesNotProlongWhatAnotherScopeSetStored() {
    PublicClient client = run.client();
    refresh(client.tokens(RefreshRun.account()));
    run.put(tokenOfAnother(HOUR, 0));
    run.time.setWallClock(HOUR.negated());

    run.time.advance(HOUR);
    AccessToken token = client.tokens(RefreshRun.account(), List.of("Other")).get();

    assertThat(token.value()).isEqualTo("access-2");
  }

  @Test
  void sleepEndsATokenAlthoughTheMonotonicClockStoodStill() {
    TokenSource tokens = run.tokens();
    refresh(tokens);

    run.time.sleep(HOUR);
    AccessToken token = tokens.get();

    assertThat(token.value()).isEqualTo("access-2");
    assertThat(rotating.reuses()).isZero();
  }

  @Test
  void wallClockSetForwardCostsOneRefresh() {
    TokenSource tokens = run.tokens();
    refresh(tokens);

    run.time.setWallClock(Duration.ofDays(1));
    AccessToken first = tokens.get();
    AccessToken second = tokens.get();

    assertThat(first.value()).isEqualTo("access-2");
    assertThat(second.value()).isEqualTo("access-2");
    assertThat(rotating.redemptions()).hasSize(2);
  }

  /** The machine's clock is set to the server's. */
  private void mendTheClock() {
    run.time.setWallClock(serverAhead);
    serverAhead = Duration.ZERO;
  }

  private void refresh(TokenSource tokens) {
    server.answerBy("/token", request -> dated(rotating, request));
    expireAndGet(tokens);
  }

  private void refreshWithoutDate(TokenSource tokens) {
    server.answerBy("/token", rotating);
    expireAndGet(tokens);
  }

  private void expireAndGet(TokenSource tokens) {
    run.put(run.record(Duration.ofSeconds(1)));
    run.time.advance(Duration.ofSeconds(1));
    assertThat(tokens.get().value()).isEqualTo("access-1");
  }

  /** The record with a token for other scopes that ends after this time by the server's clock. */
  private SessionRecord tokenOfAnother(Duration left, long skew) {
    long serverNow = serverNow().toEpochMilli();
    long end = serverNow + left.toMillis();
    StoredToken token =
        new StoredToken(
            "other", "Bearer", serverNow, end - 1_000, end, RefreshRun.audit(RefreshRun.SCOPES));
    return run.stored()
        .refreshed(null, skew, Scopes.key(Scopes.withIdentity(Set.of("Other"), true)), token);
  }

  private Instant now() {
    return Instant.ofEpochMilli(run.time.wallMillis());
  }

  private Instant serverNow() {
    return now().plus(serverAhead);
  }

  private Answer dated(RotatingServer answers, ScriptedServer.Request request) {
    String date =
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC)
            .format(serverNow());
    return answers.apply(request, "Date: " + date);
  }
}
