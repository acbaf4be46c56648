package dev.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.testkit.fixture.HttpApp;
import dev.latchkey.testkit.fixture.ServerFixture;
import dev.latchkey.testkit.internal.http.JsonText;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FakeAuthorizationServerTest extends ServerFixture {

  @Test
  void noThreadOfTheServerKeepsAProgramAlive() throws Exception {
    app.begin();

    var threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(t -> t.getName().contains("testkit") || t.getName().contains("HTTP-Dispatcher"))
            .toList();

    assertThat(threads).isNotEmpty().allMatch(Thread::isDaemon);
  }

  @Test
  void closedServerRefusesConnectionsAndFreesThePort() {
    server.close();

    assertThatThrownBy(app::begin).isInstanceOf(ConnectException.class);
    FakeAuthorizationServer.builder().port(server.baseUrl().getPort()).start().close();
  }

  @Test
  void closingTwiceIsHarmless() {
    server.close();
    server.close();
  }

  @Test
  void takenPortIsReportedAtOnce() {
    var builder = FakeAuthorizationServer.builder().port(server.baseUrl().getPort());

    assertThatThrownBy(builder::start)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(String.valueOf(server.baseUrl().getPort()));
  }

  @Test
  void builderStartsOneServer() {
    var builder = FakeAuthorizationServer.builder();
    try (var first = builder.start()) {
      assertThat(first.baseUrl().getPort()).isPositive();
      assertThatThrownBy(builder::start).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void oneOfThousandsOfPendingCodesIsApproved() throws Exception {
    List<CompletableFuture<String>> begun = new ArrayList<>();
    var request =
        app.form(
                "/common/oauth2/v2.0/devicecode",
                Map.of("client_id", HttpApp.CLIENT_ID, "scope", HttpApp.SCOPE))
            .build();
    for (int i = 0; i < 40; i++) {
      for (int j = 0; j < 50; j++) {
        begun.add(app.http().sendAsync(request, BodyHandlers.ofString()).thenApply(r -> r.body()));
      }
      CompletableFuture.allOf(begun.toArray(CompletableFuture<?>[]::new)).get(30, TimeUnit.SECONDS);
    }

    String code = JsonText.object(begun.get(1234).get()).get("user_code").getAsString();
    server.approve(code, ADELE);

    assertThat(server.pendingUserCodes()).hasSize(1999).doesNotContain(code);
  }

  @Test
  void refreshesAtTheSameMomentWinOnceUnderStrictRotation() throws Exception {
    server.settings().rotation(Rotation.STRICT);
    var tokens = app.signIn(server, ADELE);
    var request =
        app.form(
                "/common/oauth2/v2.0/token",
                Map.of(
                    "grant_type",
                    "refresh_token",
                    "client_id",
                    HttpApp.CLIENT_ID,
                    "refresh_token",
                    tokens.get("refresh_token")))
            .build();

    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      answers.add(
          app.http().sendAsync(request, BodyHandlers.discarding()).thenApply(r -> r.statusCode()));
    }

    long won = 0;
    for (var answer : answers) {
      won += answer.get(20, TimeUnit.SECONDS) == 200 ? 1 : 0;
    }
    assertThat(won).isEqualTo(1);
    assertThat(server.redemptions()).isEqualTo(1);
  }

  @Test
  void builderRejectsInvalidValuesAtOnce() {
    var builder = FakeAuthorizationServer.builder();

    assertThatThrownBy(() -> TestUser.of("adele")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.settings(s -> s.tokenLifetime(Duration.ZERO)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.settings(s -> s.idTokenClaim("iss", List.of())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void clientThatDisconnectsDisturbsNobody() throws Exception {
    server.fail(Fault.delay(Duration.ofMillis(200)));
    var request =
        app.form("/common/oauth2/v2.0/devicecode", Map.of("client_id", "x", "scope", "y")).build();
    var impatient = app.http().sendAsync(request, BodyHandlers.ofString());
    server.awaitRequests(Endpoint.DEVICE_AUTHORIZATION, 1, Duration.ofSeconds(10));
    impatient.cancel(true);

    assertThat(app.begin().status()).isEqualTo(200);
  }
}
