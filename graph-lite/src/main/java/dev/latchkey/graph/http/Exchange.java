package dev.latchkey.graph.http;

import dev.latchkey.AccessToken;
import dev.latchkey.graph.error.GraphError;
import dev.latchkey.internal.http.TransportFailure;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends one request once and waits for the head of the answer. Thread-safe. */
final class Exchange {

  private final Settings settings;

  Exchange(Settings settings) {
    this.settings = settings;
  }

  /**
   * Sends it.
   *
   * @param token goes with it; null to a host that must not see one
   * @return the head of the answer and its body, to be closed, on the way
   * @throws TransportFailure if no head came, or nothing moved for the idle limit
   * @throws CancellationException if the thread was interrupted
   */
  Incoming send(Call call, @Nullable AccessToken token, String requestId) {
    Departing departing = new Departing(call);
    HttpRequest request = request(call, token, requestId, departing);
    CompletableFuture<Incoming> answer = new CompletableFuture<>();
    CompletableFuture<?> sending;
    try {
      sending =
          settings
              .client()
              .sendAsync(request, head -> arrived(head, token == null ? null : requestId, answer));
    } catch (RuntimeException e) { // a client of the application's own, or its executor
      throw failure(call, e, departing.withdraw());
    }
    CompletableFuture<?> unused =
        sending.whenComplete(
            (response, failure) -> {
              if (!answer.isDone()) {
                // Without a head, and without a failure, nothing left either.
                answer.completeExceptionally(
                    failure == null
                        ? new ConnectException("the proxy refused the tunnel")
                        : failure);
              }
            });
    // Not counting what it took to make the client and to begin.
    departing.touch();
    try {
      return await(answer, departing);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw failure(call, cause, departing.withdraw() || neverConnected(cause));
    } catch (TimeoutException e) {
      boolean neverLeft = departing.withdraw();
      giveUp(answer, sending);
      String message = "no answer within " + settings.idleLimit().toMillis() + " ms";
      throw failure(call, new HttpTimeoutException(message), neverLeft);
    } catch (InterruptedException e) {
      departing.withdraw();
      giveUp(answer, sending);
      throw GraphHttp.interrupted(e);
    }
  }

  /** What the HTTP client threw, put so that it may be shown. */
  static TransportFailure failure(Call call, Throwable cause, boolean neverLeft) {
    // The path of a URI that is its own proof is a secret.
    URI shown = call.bare() ? call.uri().resolve("/") : call.uri();
    return TransportFailure.of(shown, cause, neverLeft);
  }

  /**
   * Hands the head over as soon as it comes. What {@code sendAsync} returns comes by way of the
   * common pool, whatever the client's executor: an application that fills it would wait in vain.
   */
  private Incoming arrived(
      ResponseInfo head, @Nullable String requestId, CompletableFuture<Incoming> answer) {
    GraphError about = Complaints.error(head.statusCode(), head.headers(), null, requestId);
    Incoming incoming = new Incoming(head, about, settings.idleLimit());
    if (!answer.complete(incoming)) {
      incoming.close();
    }
    return incoming;
  }

  private HttpRequest request(
      Call call, @Nullable AccessToken token, String requestId, Departing departing) {
    HttpRequest.Builder request = HttpRequest.newBuilder(call.uri());
    request.method(call.method(), departing).header("User-Agent", settings.userAgent());
    if (call.uri().getScheme().toLowerCase(Locale.ROOT).equals("http")) {
      // Otherwise the JDK offers "Upgrade: h2c", which some servers answer badly.
      request.version(HttpClient.Version.HTTP_1_1);
    }
    if (token != null) {
      request
          .header("Authorization", "Bearer " + token.value())
          .header("Accept", "application/json")
          .header("client-request-id", requestId);
    }
    if (call.body() != null) {
      request.header("Content-Type", call.type());
    }
    call.headers().forEach(request::setHeader);
    return request.build();
  }

  private <T> T await(CompletableFuture<T> answer, Departing departing)
      throws ExecutionException, InterruptedException, TimeoutException {
    Duration limit = settings.idleLimit();
    while (true) {
      long left = limit.toNanos() - (System.nanoTime() - departing.lastNanos());
      try {
        return answer.get(Math.max(0, left), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        // Unless bytes went out meanwhile.
        if (System.nanoTime() - departing.lastNanos() >= limit.toNanos()) {
          throw e;
        }
      }
    }
  }

  /** Aborts the exchange; an answer that came just now is closed. */
  private static void giveUp(CompletableFuture<Incoming> answer, CompletableFuture<?> sending) {
    sending.cancel(true);
    if (!answer.cancel(true) && !answer.isCompletedExceptionally()) {
      answer.join().close();
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
