package dev.latchkey.testkit.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.fixture.HttpApp;
import dev.latchkey.testkit.fixture.ServerFixture;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestLogTest extends ServerFixture {

  @Test
  void logHasEveryRequestWithItsParametersAndOutcome() throws Exception {
    var begun = app.begin("contoso.example", Map.of("claims", "{}"));
    app.poll(begun);

    var first = server.requests().get(0);
    var second = server.requests().get(1);

    assertThat(server.requests()).hasSize(2);
    assertThat(first.endpoint()).isEqualTo(Endpoint.DEVICE_AUTHORIZATION);
    assertThat(first.path()).isEqualTo("/contoso.example/oauth2/v2.0/devicecode");
    assertThat(first.form()).containsEntry("scope", HttpApp.SCOPE).containsEntry("claims", "{}");
    assertThat(first.status()).hasValue(200);
    assertThat(first.error()).isEmpty();
    assertThat(second.isPoll()).isTrue();
    assertThat(second.status()).hasValue(400);
    assertThat(second.error()).contains("authorization_pending");
    assertThat(second.sinceStart()).isGreaterThan(first.sinceStart());
  }

  @Test
  void logNamesSecretParametersAndHidesTheirValues() throws Exception {
    var tokens = app.signIn(server, ADELE);
    app.refresh(tokens);

    var refresh = server.requests().get(2);

    assertThat(refresh.isRefresh()).isTrue();
    assertThat(refresh.grantType()).isEqualTo(Optional.of("refresh_token"));
    assertThat(refresh.form()).containsEntry("refresh_token", "***");
    assertThat(server.requests().toString())
        .doesNotContain(server.secrets().toArray(String[]::new));
  }

  @Test
  void secretsContainEverythingIssued() throws Exception {
    var begun = app.begin();
    server.approve(begun.get("user_code"), ADELE);
    var tokens = app.poll(begun);

    assertThat(server.secrets())
        .contains(
            begun.get("device_code"),
            tokens.get("access_token"),
            tokens.get("refresh_token"),
            tokens.get("id_token"))
        .doesNotContain(begun.get("user_code"));
  }

  @Test
  void logCanBeFilteredByEndpointAndCleared() throws Exception {
    app.poll(app.begin());

    assertThat(server.requests(Endpoint.TOKEN)).hasSize(1);
    server.clearRequests();
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void waitForRequestsEndsWithTheTimeout() throws Exception {
    app.begin();

    assertThat(server.awaitRequests(Endpoint.DEVICE_AUTHORIZATION, 1, Duration.ofSeconds(5)))
        .isTrue();
    assertThat(server.awaitRequests(Endpoint.TOKEN, 1, Duration.ofMillis(20))).isFalse();
  }
}
