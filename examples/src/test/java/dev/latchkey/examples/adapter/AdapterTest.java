package dev.latchkey.examples.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.Entra;
import dev.latchkey.PublicClient;
import dev.latchkey.PublicClientBuilder;
import dev.latchkey.TokenSource;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.examples.fixture.Eventually;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.FakeAuthorizationServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** Other HTTP clients with tokens of the library. The adapters are to be copied. */
class AdapterTest {

  private static final String ADELE = "adele@contoso.example";
  private static final String CLAIMS =
      "{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}";

  private final FakeAuthorizationServer server =
      FakeAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void okHttpSendsARefusedRequestOnceMoreWithANewToken() throws Exception {
    OkHttpClient http =
        new OkHttpClient.Builder().addInterceptor(new OkHttpTokens(signIn())).build();
    server.expireAccessTokens();

    try (var response = http.newCall(new Request.Builder().url(me()).build()).execute()) {
      assertThat(response.code()).isEqualTo(200);
      assertThat(response.body().string()).contains("Adele");
    }
    assertThat(server.requests(Endpoint.GRAPH)).hasSize(2);
  }

  @Test
  void okHttpReportsWhatOnlyThePersonCanGive() {
    OkHttpClient http =
        new OkHttpClient.Builder().addInterceptor(new OkHttpTokens(signIn())).build();
    server.people().requireClaims(CLAIMS);

    assertThatThrownBy(() -> http.newCall(new Request.Builder().url(me()).build()).execute())
        .isInstanceOf(SignInRequired.class);
  }

  @Test
  void springSendsARefusedRequestOnceMoreWithANewToken() {
    RestClient http = spring(signIn());
    server.expireAccessTokens();

    String body = http.get().uri(me()).retrieve().body(String.class);

    assertThat(Objects.requireNonNull(body)).contains("Adele");
    assertThat(server.requests(Endpoint.GRAPH)).hasSize(2);
  }

  @Test
  void springReportsWhatOnlyThePersonCanGive() {
    RestClient http = spring(signIn());
    server.people().requireClaims(CLAIMS);

    assertThatThrownBy(() -> http.get().uri(me()).retrieve().body(String.class))
        .isInstanceOf(SignInRequired.class);
  }

  @Test
  void micrometerTimesExchangesByKindHostAndStatus() throws Exception {
    MeterRegistry registry = new SimpleMeterRegistry();
    MicrometerExchanges exchanges = new MicrometerExchanges(registry);
    server.approveNext(ADELE);
    PublicClient client = client().exchangeListener(exchanges).build();
    TokenSource tokens = client.tokens(client.beginSignIn().await().account());
    GraphClient graph =
        GraphClient.builder(tokens)
            .baseUrl(server.graph().url())
            .exchangeListener(exchanges)
            .build();
    server.expireAccessTokens();

    assertThat(graph.me().displayName()).contains("Adele");

    awaitTimer(registry, "device_authorization", "200");
    awaitTimer(registry, "poll", "200");
    awaitTimer(registry, "refresh", "200");
    awaitTimer(registry, "api", "401");
    awaitTimer(registry, "api", "200");
    assertThat(registry.getMeters())
        .allSatisfy(meter -> assertThat(meter.getId().getTag("host")).isEqualTo("127.0.0.1"));
  }

  /** The listener is called a little later than the caller returns. */
  private static void awaitTimer(MeterRegistry registry, String kind, String status)
      throws InterruptedException {
    Eventually.isTrue(
        () -> {
          Timer timer =
              registry.find("latchkey.exchanges").tag("kind", kind).tag("status", status).timer();
          return timer != null && timer.count() == 1 && timer.totalTime(TimeUnit.NANOSECONDS) > 0;
        },
        kind + " " + status + " is timed once");
  }

  private static RestClient spring(TokenSource tokens) {
    return RestClient.builder()
        .requestFactory(new JdkClientHttpRequestFactory())
        .requestInterceptor(new SpringTokens(tokens))
        .build();
  }

  private TokenSource signIn() {
    server.approveNext(ADELE);
    PublicClient client = client().build();
    return client.tokens(client.beginSignIn().await().account());
  }

  private PublicClientBuilder client() {
    return PublicClient.builder()
        .authorizationServer(Entra.common().authorityHost(server.baseUrl()))
        .clientId("adapter")
        .clientCapabilities("cp1")
        .scopes("User.Read");
  }

  private String me() {
    return server.graph().url() + "/me";
  }
}
