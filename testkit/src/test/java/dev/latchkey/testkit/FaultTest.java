package dev.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.testkit.fixture.ServerFixture;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FaultTest extends ServerFixture {

  @Test
  void statusIsAnsweredWithItsHeadersAndTheServerDoesNotAct() throws Exception {
    server.approveNext(ADELE);
    var begun = app.begin();
    server.fail(Fault.status(503).header("Retry-After", "3").toPolls());

    var failed = app.poll(begun);
    var next = app.poll(begun);

    assertThat(failed.status()).isEqualTo(503);
    assertThat(failed.header("Retry-After")).isEqualTo("3");
    assertThat(next.status()).isEqualTo(200);
  }

  @Test
  void faultCanHaveAnyBody() throws Exception {
    server.fail(
        Fault.status(429).body("Too Many Requests"), Fault.status(200).body("{\"a\": [[[["));

    var throttled = app.begin();
    var broken = app.begin();

    assertThat(throttled.status()).isEqualTo(429);
    assertThat(throttled.body()).isEqualTo("Too Many Requests");
    assertThat(throttled.header("Content-Type")).startsWith("application/json");
    assertThat(broken.body()).isEqualTo("{\"a\": [[[[");
  }

  @Test
  void captivePortalAnswersHtmlWith200() throws Exception {
    server.fail(Fault.html());

    var reply = app.begin();

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).startsWith("text/html");
    assertThat(reply.body()).startsWith("<!doctype html>");
  }

  @Test
  void emptyIsAnAnswerWithoutBody() throws Exception {
    server.fail(Fault.empty());

    var reply = app.begin();

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEmpty();
  }

  @Test
  void dropCutsTheConnectionBeforeActing() throws Exception {
    var tokens = app.signIn(server, ADELE);
    server.fail(Fault.drop().toRefreshes());

    assertThatThrownBy(() -> app.refresh(tokens)).isInstanceOf(IOException.class);

    assertThat(server.redemptions()).isZero();
    assertThat(app.refresh(tokens).status()).isEqualTo(200);
  }

  @Test
  void answerIsLostAfterTheTokenWasRotated() throws Exception {
    server.settings().rotation(Rotation.STRICT);
    var tokens = app.signIn(server, ADELE);
    server.fail(Fault.drop().afterActing().toRefreshes());

    assertThatThrownBy(() -> app.refresh(tokens)).isInstanceOf(IOException.class);

    assertThat(server.redemptions()).isEqualTo(1);
    assertThat(app.userInfo(tokens).status()).isEqualTo(200);
    assertThat(app.refresh(tokens).error()).isEqualTo("invalid_grant");
    assertThat(app.userInfo(tokens).status()).isEqualTo(401);
  }

  @Test
  void truncatedAnswerBreaksOffInTheBody() throws Exception {
    server.approveNext(ADELE);
    var begun = app.begin();
    server.fail(Fault.truncated().toPolls());

    assertThatThrownBy(() -> app.poll(begun))
        .isInstanceOf(IOException.class)
        .hasStackTraceContaining("content-length");

    assertThat(app.poll(begun).error()).as("the code was redeemed").isEqualTo("invalid_grant");
  }

  @Test
  void delayedAnswerIsTheProperOne() throws Exception {
    server.fail(Fault.delay(Duration.ofMillis(300)));
    long before = System.nanoTime();

    var reply = app.begin();

    assertThat(reply.status()).isEqualTo(200);
    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(300_000_000L);
  }

  @Test
  void hungRequestsHoldNoThreadAndEndWithTheServer() throws Exception {
    server.fail(Fault.hang().times(100));
    var request =
        app.form("/common/oauth2/v2.0/devicecode", Map.of("client_id", "x", "scope", "y")).build();
    List<CompletableFuture<HttpResponse<String>>> hung = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      hung.add(app.http().sendAsync(request, BodyHandlers.ofString()));
    }
    assertThat(server.awaitRequests(Endpoint.DEVICE_AUTHORIZATION, 100, Duration.ofSeconds(20)))
        .isTrue();

    var other = app.begin();
    assertThat(other.status()).isEqualTo(200);
    assertThat(hung).noneMatch(CompletableFuture::isDone);
    assertThat(server.requests().get(0).status()).isEqualTo(OptionalInt.empty());

    server.close();
    for (var each : hung) {
      assertThatThrownBy(() -> each.get(5, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void rewriteChangesTheProperAnswer() throws Exception {
    server.fail(Fault.rewrite(body -> body.replace("\"interval\":5", "\"interval\":-1")));

    var begun = app.begin();

    assertThat(begun.json().get("interval").getAsInt()).isEqualTo(-1);
    assertThat(app.poll(begun).error()).isEqualTo("authorization_pending");
  }

  @Test
  void oauthErrorCanBeAnsweredNextEvenWithStatus200() throws Exception {
    server.fail(
        Fault.answer(OAuthFailure.of("invalid_client").aadsts(7000218).status(200))
            .to(Endpoint.DEVICE_AUTHORIZATION));

    var reply = app.begin();

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.error()).isEqualTo("invalid_client");
    assertThat(app.begin().json().has("user_code")).isTrue();
  }

  @Test
  void faultsForTheSameRequestsApplyInOrder() throws Exception {
    var begun = app.begin();
    server.fail(
        Fault.status(503).times(2).toPolls(),
        Fault.status(429).toPolls(),
        Fault.answer(OAuthFailure.of("slow_down")).toPolls());

    assertThat(app.poll(begun).status()).isEqualTo(503);
    assertThat(app.poll(begun).status()).isEqualTo(503);
    assertThat(app.poll(begun).status()).isEqualTo(429);
    assertThat(app.poll(begun).error()).isEqualTo("slow_down");
    assertThat(app.poll(begun).error()).isEqualTo("authorization_pending");
  }

  @Test
  void faultWaitsForItsRequest() throws Exception {
    server.fail(Fault.status(500).onRequest(2).to(Endpoint.TOKEN));
    var begun = app.begin();

    assertThat(app.poll(begun).status()).isEqualTo(400);
    assertThat(app.begin().status()).isEqualTo(200);
    assertThat(app.poll(begun).status()).isEqualTo(500);
    assertThat(app.poll(begun).status()).isEqualTo(400);
  }

  @Test
  void permanentFaultEndsWhenCleared() throws Exception {
    server.fail(Fault.status(500).always());
    assertThat(app.begin().status()).isEqualTo(500);
    assertThat(app.begin().status()).isEqualTo(500);

    server.clearFaults();

    assertThat(app.begin().status()).isEqualTo(200);
  }

  @Test
  void faultsForPollsSpareRefreshesAndViceVersa() throws Exception {
    var tokens = app.signIn(server, ADELE);
    var begun = app.begin();

    server.fail(Fault.status(500).toPolls());
    assertThat(app.refresh(tokens).status()).isEqualTo(200);
    assertThat(app.poll(begun).status()).isEqualTo(500);

    server.fail(Fault.status(500).toRefreshes());
    assertThat(app.poll(begun).status()).isEqualTo(400);
    assertThat(app.refresh(tokens).status()).isEqualTo(500);
  }

  @Test
  void onlyAnAnswerCanBeGivenAHeader() {
    assertThatThrownBy(() -> Fault.hang().header("Retry-After", "1"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Fault.drop().onRequest(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Fault.drop().times(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
