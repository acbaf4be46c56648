package dev.latchkey.examples.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.Entra;
import dev.latchkey.PublicClient;
import dev.latchkey.TokenSource;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.FakeAuthorizationServer;
import java.time.Duration;
import java.util.Objects;
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

  private static RestClient spring(TokenSource tokens) {
    return RestClient.builder()
        .requestFactory(new JdkClientHttpRequestFactory())
        .requestInterceptor(new SpringTokens(tokens))
        .build();
  }

  private TokenSource signIn() {
    server.approveNext(ADELE);
    PublicClient client =
        PublicClient.builder()
            .authorizationServer(Entra.common().authorityHost(server.baseUrl()))
            .clientId("adapter")
            .clientCapabilities("cp1")
            .scopes("User.Read")
            .build();
    return client.tokens(client.beginSignIn().await().account());
  }

  private String me() {
    return server.graph().url() + "/me";
  }
}
