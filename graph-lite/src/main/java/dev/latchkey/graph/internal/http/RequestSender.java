package dev.latchkey.graph.internal.http;

import dev.latchkey.AccessToken;
import dev.latchkey.internal.http.AbortableExchange;
import dev.latchkey.internal.http.Dispatch;
import dev.latchkey.internal.http.ProxyRefusal;
import dev.latchkey.internal.http.TransportFailure;
import dev.latchkey.internal.time.Time;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends one request once and waits for the head of the response. Thread-safe. */
final class RequestSender {

  private final GraphConfig config;
  private final Time clock;

  RequestSender(GraphConfig config) {
    this.config = config;
    this.clock = config.networkTime();
  }

  /**
   * Sends a call.
   *
   * @param token accompanies the request; null for a host that must not see one
   * @return the head of the response, with the body still arriving; to be closed
   * @throws TransportFailure if no head came, no byte moved for the idle limit, or the total limit
   *     passed
   * @throws CancellationException if the thread is interrupted
   */
  StreamingResponse send(GraphCall call, @Nullable AccessToken token, String requestId) {
    RequestBody body = new RequestBody(call, clock);
    HttpRequest request = request(call, token, requestId, body);
    CompletableFuture<StreamingResponse> response = new CompletableFuture<>();
    CompletableFuture<?> sending;
    try {
      sending =
          Dispatch.send(
              config.client().get(),
              request,
              head -> arrived(head, body, token == null ? null : requestId, response));
    } catch (RuntimeException e) { // from a client of the application, or its executor
      throw failure(call, e, body.withdraw());
    }
    AbortableExchange exchange = new AbortableExchange(sending);
    CompletableFuture<?> unused =
        sending.whenComplete(
            (whole, failure) -> {
              if (failure != null) {
                exchange.abort();
                fail(response, failure);
              } else {
                // With neither a head nor a failure, nothing left.
                response.completeExceptionally(
                    new ProxyRefusal(
                        whole instanceof HttpResponse<?> refusal ? refusal.statusCode() : 0));
              }
            });
    // The time that it took to create the client and to start does not count.
    body.touch();
    try {
      return await(response, body);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw failure(call, cause, body.withdraw() || neverConnected(cause));
    } catch (TimeoutException e) {
      boolean neverLeft = body.withdraw();
      giveUp(response, exchange);
      throw failure(call, new HttpTimeoutException("no answer in time"), neverLeft);
    } catch (InterruptedException e) {
      body.withdraw();
      giveUp(response, exchange);
      throw Waits.interrupted(e);
    }
  }

  /**
   * The JDK may fail after the head has arrived, over a {@code Content-Length} that is no number,
   * and does not tell the body: its reader would wait for the idle limit.
   */
  private static void fail(CompletableFuture<StreamingResponse> response, Throwable failure) {
    if (!response.completeExceptionally(failure) && !response.isCompletedExceptionally()) {
      response.join().onError(failure);
    }
  }

  /** Wraps what the HTTP client threw so that it can be shown. */
  static TransportFailure failure(GraphCall call, Throwable cause, boolean neverLeft) {
    // The path of a presigned URI is a secret.
    URI shown = call.presigned() ? call.uri().resolve("/") : call.uri();
    return TransportFailure.of(shown, cause, neverLeft);
  }

  /**
   * Hands over the head as soon as it arrives. The future of {@code sendAsync} completes on the
   * common pool, whatever the client's executor: an application that fills the pool would wait
   * forever.
   */
  private StreamingResponse arrived(
      ResponseInfo head,
      RequestBody body,
      @Nullable String requestId,
      CompletableFuture<StreamingResponse> response) {
    StreamingResponse incoming =
        new StreamingResponse(head, requestId, config, body.limitedFromNanos());
    if (!response.complete(incoming)) {
      incoming.close();
    }
    return incoming;
  }

  private HttpRequest request(
      GraphCall call, @Nullable AccessToken token, String requestId, RequestBody body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(call.uri());
    request.method(call.method(), body).header("User-Agent", config.userAgent());
    if (call.uri().getScheme().toLowerCase(Locale.ROOT).equals("http")) {
      // Otherwise the JDK offers "Upgrade: h2c", which some servers handle badly.
      request.version(HttpClient.Version.HTTP_1_1);
    }
    if (token != null) {
      request
          .header("Authorization", "Bearer " + token.value())
          .header("Accept", "application/json")
          .header("client-request-id", requestId);
    }
    GraphCall.Content content = call.content();
    if (content != null) {
      request.header("Content-Type", content.mediaType());
    }
    call.headers().forEach(request::setHeader);
    return request.build();
  }

  private <T> T await(CompletableFuture<T> response, RequestBody body)
      throws ExecutionException, InterruptedException, TimeoutException {
    while (true) {
      try {
        return response.get(Math.max(0, left(body)), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        // Bytes may have gone out meanwhile.
        if (left(body) <= 0) {
          throw e;
        }
      }
    }
  }

  private long left(RequestBody body) {
    long now = clock.nanos();
    return Math.min(
        config.idleLimit().toNanos() - (now - body.lastNanos()),
        config.totalLimit().toNanos() - (now - body.limitedFromNanos()));
  }

  /** Aborts the exchange and closes a response that has just come. */
  private static void giveUp(
      CompletableFuture<StreamingResponse> response, AbortableExchange exchange) {
    exchange.abort();
    if (!response.cancel(true) && !response.isCompletedExceptionally()) {
      response.join().close();
    }
  }

  private static boolean neverConnected(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof HttpConnectTimeoutException
          || cause instanceof UnresolvedAddressException) {
        return true;
      }
    }
    return false;
  }
}
