package dev.latchkey.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.fixture.NetworklessClient;
import dev.latchkey.fixture.RequestText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A request that has not left is sent once more if its failure may be waiting for the common pool.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SecondExchangeTest {

  private static final Duration LONG = Duration.ofDays(1);
  private static final URI TOKEN = URI.create("https://issuer.example/token");

  private final WithdrawableBody body = new WithdrawableBody(BodyPublishers.ofString("a=b"));
  private final HttpRequest request =
      HttpRequest.newBuilder(TOKEN).header("Accept", "application/json").POST(body).build();
  private final HttpCall<String> call =
      new HttpCall<>(request, body, reply -> new String(requireNonNull(reply.body()), UTF_8));

  @Test
  void failureThatWaitsForTheCommonPoolIsSeenByTheSecondExchange() {
    Client client = new Client(false, (again, handler) -> refuse());
    CompletableFuture<String> reply = call.send(client, LONG, LONG.toNanos(), false);

    call.look(client, true);

    assertThat(failure(reply).neverLeft()).isTrue();
    assertThat(client.first).as("the first exchange").isCancelled();
  }

  @Test
  void secondExchangeSendsTheSameRequestAndItsReplyCounts() throws Exception {
    CompletableFuture<HttpRequest> sent = new CompletableFuture<>();
    CompletableFuture<String> bytes = new CompletableFuture<>();
    Client client =
        new Client(
            false,
            (again, handler) -> {
              sent.complete(again);
              bytes.complete(take(again));
              end(begin(handler), "hello");
            });
    CompletableFuture<String> reply = call.send(client, LONG, LONG.toNanos(), false);

    call.look(client, true);

    assertThat(reply.get()).isEqualTo("hello");
    assertThat(bytes.get()).isEqualTo("a=b");
    assertThat(sent.get().uri()).isEqualTo(TOKEN);
    assertThat(sent.get().method()).isEqualTo("POST");
    assertThat(sent.get().headers()).isEqualTo(request.headers());
  }

  @Test
  void failureOfASecondExchangeThatLeftIsNoProof() {
    Client client =
        new Client(
            false,
            (again, handler) -> {
              take(again);
              throw new IOException("reset");
            });
    CompletableFuture<String> reply = call.send(client, LONG, LONG.toNanos(), false);

    call.look(client, true);

    assertThat(failure(reply).neverLeft()).isFalse();
  }

  @Test
  void requestThatLeftIsNotSentAgain() {
    Client client = new Client(true, (again, handler) -> refuse());
    CompletableFuture<String> reply = call.send(client, LONG, LONG.toNanos(), false);

    call.look(client, true);

    assertThat(client.first).isNotDone();
    assertThat(reply.cancel(true)).isTrue();
  }

  @Test
  void requestIsNotSentAgainWhileTheCommonPoolHasAThread() throws Exception {
    Client client = new Client(false, (again, handler) -> refuse());
    CompletableFuture<String> reply = call.send(client, LONG, LONG.toNanos(), false);

    call.look(client, false);

    assertThat(client.first).isNotDone();
    assertThat(take(request)).as("not withdrawn").isEqualTo("a=b");
    assertThat(reply.cancel(true)).isTrue();
  }

  @Test
  void requestWhoseResponseArrivesIsNotSentAgain() throws Exception {
    Client client = new Client(false, (again, handler) -> refuse());
    CompletableFuture<String> reply = call.send(client, LONG, LONG.toNanos(), false);
    BodySubscriber<?> arriving = begin(requireNonNull(client.handler));

    call.look(client, true);

    end(arriving, "hello");
    assertThat(reply.get()).isEqualTo("hello");
  }

  @Test
  void callThatWasCancelledIsNotSentAgain() {
    CountDownLatch sent = new CountDownLatch(1);
    Client client = new Client(false, (again, handler) -> sent.countDown());
    CompletableFuture<String> reply = call.send(client, LONG, LONG.toNanos(), false);
    assertThat(reply.cancel(true)).isTrue();

    call.look(client, true);

    assertThat(sent.getCount()).isEqualTo(1);
  }

  @Test
  void cancellingTheCallEndsTheSecondExchange() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<HttpRequest> interrupted = new CompletableFuture<>();
    Client client =
        new Client(false, (again, handler) -> hang(begun, () -> interrupted.complete(again)));
    CompletableFuture<String> reply = call.send(client, LONG, LONG.toNanos(), false);
    call.look(client, true);
    begun.await();

    assertThat(reply.cancel(true)).isTrue();

    HttpRequest second = interrupted.get();
    assertThatThrownBy(() -> take(second)).hasMessageContaining("withdrawn");
  }

  @Test
  void requestWithoutABodyIsSentAgainIfItIsAGet() {
    Client client = new Client(false, (again, handler) -> refuse());
    HttpRequest get = HttpRequest.newBuilder(TOKEN).build();
    HttpCall<String> metadata = new HttpCall<>(get, null, reply -> "");
    CompletableFuture<String> reply = metadata.send(client, LONG, LONG.toNanos(), false);

    metadata.look(client, true);

    assertThat(failure(reply).neverLeft()).isFalse();
    assertThat(failure(reply)).hasMessageContaining("no connection");
  }

  @Test
  void slowResponseToTheFirstGetCountsIfTheSecondHasNone() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<String> interrupted = new CompletableFuture<>();
    Client client =
        new Client(
            false, (again, handler) -> hang(begun, () -> interrupted.complete("interrupted")));
    HttpRequest get = HttpRequest.newBuilder(TOKEN).build();
    HttpCall<String> metadata =
        new HttpCall<>(get, null, reply -> new String(requireNonNull(reply.body()), UTF_8));
    CompletableFuture<String> reply = metadata.send(client, LONG, LONG.toNanos(), false);
    BodyHandler<?> slow = requireNonNull(client.handler);
    metadata.look(client, true);
    begun.await();

    end(begin(slow), "slow");

    assertThat(reply.get()).isEqualTo("slow");
    assertThat(interrupted.get()).as("the second exchange").isEqualTo("interrupted");
    assertThat(client.first).as("the first, whose connection is free").isNotDone();
  }

  /** The JDK may fail after the head, over a malformed length, without telling the body. */
  @Test
  void firstGetMayFailAlsoAfterItsResponseBegan() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Client client = new Client(false, (again, handler) -> hang(begun, () -> {}));
    HttpRequest get = HttpRequest.newBuilder(TOKEN).build();
    HttpCall<String> metadata = new HttpCall<>(get, null, reply -> "");
    CompletableFuture<String> reply = metadata.send(client, LONG, LONG.toNanos(), false);
    BodyHandler<?> slow = requireNonNull(client.handler);
    metadata.look(client, true);
    begun.await();
    BodySubscriber<?> unfinished = begin(slow);

    client.first.completeExceptionally(new IOException("broken"));

    assertThat(unfinished.getBody().toCompletableFuture()).isNotDone();
    assertThat(failure(reply)).hasMessageContaining("connection broken");
  }

  @Test
  void firstGetEndsWhenTheSecondIsAnswered() throws Exception {
    Client client = new Client(false, (again, handler) -> end(begin(handler), "fast"));
    HttpRequest get = HttpRequest.newBuilder(TOKEN).build();
    HttpCall<String> metadata =
        new HttpCall<>(get, null, reply -> new String(requireNonNull(reply.body()), UTF_8));
    CompletableFuture<String> reply = metadata.send(client, LONG, LONG.toNanos(), false);

    metadata.look(client, true);

    assertThat(reply.get()).isEqualTo("fast");
    assertThatThrownBy(client.first::get).isInstanceOf(CancellationException.class);
  }

  private interface Second {
    void send(HttpRequest request, BodyHandler<?> handler) throws Exception;
  }

  /** Never answers the first request, and does with the second, on its thread, what it is told. */
  private static final class Client extends NetworklessClient {

    final CompletableFuture<Object> first = new CompletableFuture<>();
    private final boolean takes;
    private final Second second;
    @Nullable BodyHandler<?> handler;

    Client(boolean takes, Second second) {
      this.takes = takes;
      this.second = second;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
        HttpRequest request, BodyHandler<T> handler) {
      this.handler = handler;
      if (takes) {
        try {
          take(request);
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
      return (CompletableFuture<HttpResponse<T>>) (CompletableFuture<?>) first;
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
        throws IOException, InterruptedException {
      try {
        second.send(request, handler);
      } catch (IOException | InterruptedException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
      // Not before the call has ended otherwise.
      throw new IOException("nothing more comes");
    }
  }

  private record Head(int statusCode, HttpHeaders headers, HttpClient.Version version)
      implements ResponseInfo {}

  private static <T> BodySubscriber<T> begin(BodyHandler<T> handler) {
    HttpHeaders none = HttpHeaders.of(Map.of(), (name, value) -> true);
    BodySubscriber<T> arriving = handler.apply(new Head(200, none, HttpClient.Version.HTTP_1_1));
    arriving.onSubscribe(new WithdrawableBody.Nothing());
    return arriving;
  }

  private static void end(BodySubscriber<?> arriving, String text) {
    arriving.onNext(List.of(ByteBuffer.wrap(text.getBytes(UTF_8))));
    arriving.onComplete();
  }

  private static void hang(CountDownLatch begun, Runnable whenInterrupted)
      throws InterruptedException {
    begun.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      whenInterrupted.run();
      throw e;
    }
  }

  private static void refuse() throws IOException {
    throw new ConnectException("refused");
  }

  private static TransportFailure failure(CompletableFuture<?> reply) {
    assertThatThrownBy(reply::get).isInstanceOf(ExecutionException.class);
    return (TransportFailure) reply.handle((any, failure) -> requireNonNull(failure)).join();
  }

  /** Takes the bytes of a request, as a client does that sends it. */
  private static String take(HttpRequest request) throws IOException {
    try {
      return RequestText.take(request.bodyPublisher().orElseThrow()).join();
    } catch (CompletionException e) {
      throw new IOException(e.getCause());
    }
  }
}
