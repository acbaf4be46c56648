package dev.latchkey.examples.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.Entra;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.SignInResult;
import dev.latchkey.error.SignInCancelled;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.FakeAuthorizationServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** The recipe for Reactor runs as it stands. */
@Timeout(60)
class ReactorTokensTest {

  private static final String ADELE = "adele@contoso.example";
  private static final String CLAIMS =
      "{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}";

  private final FakeAuthorizationServer server =
      FakeAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start();
  private final HttpClient http = HttpClient.newHttpClient();
  private final PublicClient client =
      PublicClient.builder()
          .authorizationServer(Entra.common().authorityHost(server.baseUrl()))
          .clientId("reactor")
          .clientCapabilities("cp1")
          .scopes("User.Read")
          .build();

  @AfterEach
  void stop() {
    server.close();
  }

  private ReactorTokens signedIn() {
    server.approveNext(ADELE);
    Account account = client.beginSignIn().await().account();
    return new ReactorTokens(client, client.tokens(account));
  }

  private Mono<HttpResponse<String>> me(String token) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.graph().url() + "/me"))
            .header("Authorization", "Bearer " + token)
            .build();
    return Mono.fromFuture(() -> http.sendAsync(request, BodyHandlers.ofString()));
  }

  @Test
  void refusedRequestIsSentOnceMoreWithANewToken() {
    ReactorTokens tokens = signedIn();
    server.expireAccessTokens();

    HttpResponse<String> response = Objects.requireNonNull(tokens.send(this::me).block());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("Adele");
    assertThat(server.requests(Endpoint.GRAPH)).hasSize(2);
  }

  @Test
  void typedExceptionLeadsToTheSignInThatBringsTheToken() {
    ReactorTokens tokens = signedIn();
    server.people().requireClaims(CLAIMS);
    server.expireAccessTokens();

    HttpResponse<String> response =
        tokens
            .send(this::me)
            .onErrorResume(
                SignInRequired.class,
                why -> {
                  server.approveNext(ADELE);
                  return tokens.signIn(why, shown -> {}).then(tokens.send(this::me));
                })
            .block();

    assertThat(Objects.requireNonNull(response).statusCode()).isEqualTo(200);
  }

  @Test
  void subscriberWhoCancelsEndsTheSignIn() {
    ReactorTokens tokens = signedIn();
    SignInRequired why =
        new SignInRequired(SignInRequired.Reason.EXPIRED, null, null, "over", null, null, null);
    CompletableFuture<SignIn> shown = new CompletableFuture<>();

    Disposable subscription = tokens.signIn(why, shown::complete).subscribe();
    CompletableFuture<SignInResult> result = shown.join().result();
    subscription.dispose();

    assertThatThrownBy(result::join).hasCauseInstanceOf(SignInCancelled.class);
  }

  @Test
  void subscriberWhoCancelsHarmsNobodyElse() {
    ReactorTokens tokens = signedIn();
    server.expireAccessTokens();

    tokens.token().subscribe().dispose();
    AccessToken token = Objects.requireNonNull(tokens.token().block());

    assertThat(token.value()).isNotEmpty();
  }
}
