package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.AccessToken;
import dev.latchkey.AccessToken.Source;
import dev.latchkey.Account;
import dev.latchkey.PublicClient;
import dev.latchkey.TokenSource;
import dev.latchkey.fixture.Crowd;
import dev.latchkey.fixture.Gate;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.RotatingServer;
import dev.latchkey.fixture.ScriptedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** After expiry, all threads, scope sets and clients take turns with one refresh token. */
class OneRefreshAtATimeTest {

  private static final Account ALICE = RefreshRun.account();

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final RefreshRun run = new RefreshRun(server).expired();
  private final RotatingServer rotating = new RotatingServer();

  @BeforeEach
  void rotateStrictly() {
    server.answerBy("/token", rotating);
  }

  @RepeatedTest(5)
  void sixtyFourThreadsShareOneRedemption() {
    TokenSource tokens = run.tokens();

    List<Object> all = new Crowd().add(64, tokens::get).go();

    assertThat(all).extracting(token -> ((AccessToken) token).value()).containsOnly("access-1");
    assertThat(rotating.redemptions()).hasSize(1);
    assertThat(run.storedRefreshToken()).isEqualTo("refresh-1");
  }

  @RepeatedTest(5)
  void scopeSetsOfTwoClientsRedeemOnceEachAndOneAfterAnother() {
    List<PublicClient> clients = List.of(run.client(), run.client());
    List<List<String>> scopeSets =
        List.of(List.of("User.Read"), List.of("Mail.Read"), List.of("api://other/read"));
    Crowd crowd = new Crowd();
    for (PublicClient client : clients) {
      for (List<String> scopes : scopeSets) {
        crowd.add(16, client.tokens(ALICE, scopes)::get);
      }
    }

    List<Object> all = crowd.go();

    assertThat(all).extracting(token -> ((AccessToken) token).value()).doesNotContainNull();
    assertThat(rotating.reuses()).isZero();
    assertThat(rotating.redemptions())
        .hasSize(3)
        .extracting(form -> form.get("scope"))
        .doesNotHaveDuplicates();
    assertThat(rotating.redemptions())
        .extracting(form -> form.get("refresh_token"))
        .containsExactly("refresh-0", "refresh-1", "refresh-2");
    assertThat(run.storedRefreshToken()).isEqualTo("refresh-3");
  }

  @Test
  void eachExpiryCostsOneRedemption() {
    List<TokenSource> sources = List.of(run.tokens(), run.tokens());

    for (int expiry = 1; expiry <= 5; expiry++) {
      Crowd crowd = new Crowd();
      sources.forEach(source -> crowd.add(8, source::get));
      List<Object> all = crowd.go();

      assertThat(all)
          .extracting(token -> ((AccessToken) token).value())
          .containsOnly("access-" + expiry);
      run.time.advance(Duration.ofHours(1));
    }

    assertThat(rotating.redemptions()).hasSize(5);
    assertThat(rotating.reuses()).isZero();
  }

  @Test
  void callersOfAnExpiredTokenWaitForTheEarlyRefreshThatIsUnderWay() throws Exception {
    run.put(run.record(RefreshRun.HOUR));
    Gate gate = new Gate();
    server.answerBy("/token", request -> rotating.apply(request).after(gate::pass));
    TokenSource tokens = run.tokens();
    AccessToken unused = tokens.get();
    run.time.advance(Duration.ofMinutes(59));
    unused = tokens.get();
    server.awaitRequests("/token", 1);
    run.time.advance(Duration.ofMinutes(1));

    var late = Crowd.alone(tokens::get);
    gate.open();

    assertThat(late.join().value()).isEqualTo("access-1");
    assertThat(late.join().source()).isEqualTo(Source.CACHE);
    run.workers.awaitIdle();
    assertThat(rotating.redemptions()).hasSize(1);
  }

  @Test
  void sourceSaysWhoFetchedTheToken() {
    TokenSource one = run.tokens();
    TokenSource other = run.tokens();
    PublicClient third = run.client();

    AccessToken refreshed = one.get();
    AccessToken again = one.get();
    AccessToken first = third.tokens(ALICE).get();

    assertThat(refreshed.source()).isEqualTo(Source.REFRESH);
    assertThat(again.source()).isEqualTo(Source.CACHE);
    assertThat(first.source()).isEqualTo(Source.CACHE);
    assertThat(other.get().source()).isEqualTo(Source.CACHE);
  }

  @Test
  void tokenOfAMinuteIsRefreshedAboutOnceAMinute() throws Exception {
    rotating.lifetime(Duration.ofSeconds(60));
    TokenSource tokens = run.tokens();

    for (int second = 0; second < 300; second++) {
      AccessToken unused = tokens.get();
      run.workers.awaitIdle();
      run.time.advance(Duration.ofSeconds(1));
    }

    assertThat(rotating.redemptions()).hasSizeBetween(5, 7);
  }

  @Test
  void tokensWithoutLifetimeCauseNoFlood() {
    rotating.lifetime(Duration.ZERO);
    TokenSource tokens = run.tokens();

    for (int i = 0; i < 100; i++) {
      AccessToken unused = tokens.get();
    }

    assertThat(rotating.redemptions()).hasSize(1);
  }

  @Test
  void refreshInIsObeyed() throws Exception {
    rotating.with(Map.of("refresh_in", 600));
    TokenSource tokens = run.tokens();
    AccessToken unused = tokens.get();

    run.time.advance(Duration.ofSeconds(599));
    unused = tokens.get();
    run.workers.awaitIdle();
    int before = rotating.redemptions().size();
    run.time.advance(Duration.ofSeconds(1));
    unused = tokens.get();
    run.workers.awaitIdle();

    assertThat(before).isEqualTo(1);
    assertThat(rotating.redemptions()).hasSize(2);
  }

  @Test
  void interruptOfOneCallerDoesNotAffectTheOthers() throws Exception {
    Gate gate = new Gate();
    server.answerBy("/token", request -> rotating.apply(request).after(gate::pass));
    TokenSource tokens = run.tokens();
    var patient = Crowd.alone(tokens::get);
    server.awaitRequests("/token", 1);

    List<Object> seen = new ArrayList<>();
    Thread hasty =
        new Thread(
            () -> {
              try {
                seen.add(tokens.get());
              } catch (CancellationException e) {
                seen.add(Thread.currentThread().isInterrupted());
              }
            });
    hasty.start();
    hasty.interrupt();
    hasty.join(20_000);
    gate.open();

    assertThat(seen).containsExactly(true);
    assertThat(patient.join().value()).isEqualTo("access-1");
    assertThat(IntStream.range(0, 3).mapToObj(i -> tokens.get().value())).containsOnly("access-1");
  }
}
