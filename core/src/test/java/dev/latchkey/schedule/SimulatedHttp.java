package dev.latchkey.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.fixture.NetworklessClient;
import dev.latchkey.fixture.RequestText;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscription;
import javax.net.ssl.SSLSession;

/** An HTTP client without a network: a function answers on the thread that sends. */
final class SimulatedHttp extends NetworklessClient {

  /** A response. */
  record Page(int status, String type, String body) {}

  /** Whoever answers. */
  interface Server {
    /**
     * Answers one request.
     *
     * @param form reads the form, and so takes the request from the client
     * @throws IOException if no response comes
     */
    Page answer(URI uri, FormReader form) throws IOException;
  }

  /** The form of a request. */
  interface FormReader {
    Map<String, String> read() throws IOException;
  }

  private final Server server;

  SimulatedHttp(Server server) {
    this.server = server;
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    try {
      Page page = server.answer(request.uri(), () -> form(request));
      return CompletableFuture.completedFuture(new Response<>(request, page, read(page, handler)));
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static Map<String, String> form(HttpRequest request) throws IOException {
    String text = RequestText.take(request.bodyPublisher().orElseThrow()).join();
    Map<String, String> form = new HashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      form.put(
          URLDecoder.decode(pair.substring(0, equals), UTF_8),
          URLDecoder.decode(pair.substring(equals + 1), UTF_8));
    }
    return form;
  }

  private static <T> T read(Page page, BodyHandler<T> handler) {
    BodySubscriber<T> body = handler.apply(new Head(page));
    body.onSubscribe(
        new Subscription() {
          @Override
          public void request(long count) {}

          @Override
          public void cancel() {}
        });
    body.onNext(List.of(ByteBuffer.wrap(page.body().getBytes(UTF_8))));
    body.onComplete();
    return body.getBody().toCompletableFuture().join();
  }

  private record Head(Page page) implements ResponseInfo {
    @Override
    public int statusCode() {
      return page.status();
    }

    @Override
    public HttpHeaders headers() {
      return HttpHeaders.of(Map.of("Content-Type", List.of(page.type())), (name, value) -> true);
    }

    @Override
    public Version version() {
      return Version.HTTP_1_1;
    }
  }

  private record Response<T>(HttpRequest request, Page page, T body) implements HttpResponse<T> {
    @Override
    public int statusCode() {
      return page.status();
    }

    @Override
    public Optional<HttpResponse<T>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public HttpHeaders headers() {
      return new Head(page).headers();
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

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
    throw new UnsupportedOperationException();
  }
}
