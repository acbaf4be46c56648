package dev.latchkey.fuzz;

import dev.latchkey.fixture.NetworklessClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscription;
import javax.net.ssl.SSLSession;

/** Answers every request with the same response, at once and without a network. */
final class InProcessClient extends NetworklessClient {

  private final int status;
  private final HttpHeaders headers;
  private final byte[] body;

  InProcessClient(int status, Map<String, List<String>> headers, byte[] body) {
    this.status = status;
    this.headers = HttpHeaders.of(headers, (name, value) -> true);
    this.body = body;
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    BodySubscriber<T> subscriber =
        handler.apply(new Head(status, headers, HttpClient.Version.HTTP_1_1));
    subscriber.onSubscribe(new Whole());
    subscriber.onNext(List.of(ByteBuffer.wrap(body).asReadOnlyBuffer()));
    subscriber.onComplete();
    return subscriber
        .getBody()
        .toCompletableFuture()
        .thenApply(read -> new Response<>(request, status, headers, read));
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
    return sendAsync(request, handler).join();
  }

  private record Head(int statusCode, HttpHeaders headers, Version version)
      implements ResponseInfo {}

  private static final class Whole implements Subscription {
    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
  }

  private record Response<T>(HttpRequest request, int statusCode, HttpHeaders headers, T body)
      implements HttpResponse<T> {
    @Override
    public Optional<HttpResponse<T>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public Optional<SSLSession> sslSession() {
      return Optional.empty();
    }

    @Override
    public URI uri() {
      return request.uri();
    }

    @Override
    public Version version() {
      return Version.HTTP_1_1;
    }
  }
}
