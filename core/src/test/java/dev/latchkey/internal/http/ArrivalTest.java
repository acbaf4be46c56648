package dev.latchkey.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.fixture.NetworklessClient;
import dev.latchkey.fixture.RawServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The JDK completes the future of a request in the common pool, unless it is complete already. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ArrivalTest {

  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n";

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void responseThatArrivesLeavesTheCommonPoolNothingToComplete() throws Exception {
    try (RawServer server = RawServer.sendingThenSilent(HEAD)) {
      CompletableFuture<HttpResponse<String>> sent = send(server);

      assertThat(sent.get()).as("complete before the body ends").isNull();
    }
  }

  @Test
  void requestIsAbortedAlthoughItsFutureIsComplete() throws Exception {
    try (RawServer server = RawServer.sendingThenSilent(HEAD)) {
      CompletableFuture<HttpResponse<String>> sent = send(server);
      AbortableExchange exchange = new AbortableExchange(sent);
      sent.get();

      exchange.abort();

      assertThat(server.awaitHangUp()).isTrue();
    }
  }

  @Test
  void futureOfAnApplicationsClientIsLeftToIt() {
    CompletableFuture<HttpResponse<String>> ofAnApplication = new CompletableFuture<>();
    Arrival<String> arrival = new Arrival<>();
    arrival.setSent(new RecordingClient(), ofAnApplication);

    arrival.watch(BodySubscribers.ofString(UTF_8)).onSubscribe(new WithdrawableBody.Nothing());

    assertThat(ofAnApplication).isNotDone();
  }

  /** As a client does that measures how long each request takes. */
  @Test
  void clientThatContinuesTheJdksFutureSeesTheResponse() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    HttpClient measuring =
        new NetworklessClient() {
          @Override
          public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
              throws IOException, InterruptedException {
            return client.send(request, handler);
          }

          @Override
          public <T> CompletableFuture<HttpResponse<T>> sendAsync(
              HttpRequest request, BodyHandler<T> handler) {
            return client
                .sendAsync(request, handler)
                .thenApply(
                    response -> {
                      seen.add("HTTP " + response.statusCode());
                      return response;
                    });
          }
        };
    try (RawServer server = RawServer.sendingThenSilent(HEAD + "nine byte")) {
      HttpResponse<String> response = send(measuring, server).get();

      assertThat(response.body()).isEqualTo("nine byte");
      assertThat(seen).containsExactly("HTTP 200");
    }
  }

  @Test
  void resultOfABodyIsNotDueBeforeItsSubscription() {
    BodySubscriber<InputStream> body =
        new Arrival<InputStream>().watch(BodySubscribers.ofInputStream());
    CompletableFuture<InputStream> result = body.getBody().toCompletableFuture();

    assertThat(result).isNotDone();
    body.onSubscribe(new WithdrawableBody.Nothing());
    assertThat(result).isCompleted();
  }

  private CompletableFuture<HttpResponse<String>> send(RawServer server) {
    return send(client, server);
  }

  private static CompletableFuture<HttpResponse<String>> send(HttpClient by, RawServer server) {
    HttpRequest request =
        HttpRequest.newBuilder(server.uri("http")).version(HttpClient.Version.HTTP_1_1).build();
    return Dispatch.sendWithoutAThread(by, request, BodyHandlers.ofString());
  }
}
