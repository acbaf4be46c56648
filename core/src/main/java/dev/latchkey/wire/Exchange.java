package dev.latchkey.wire;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.latchkey.time.Time;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;

/**
 * Sends one request and reads one bounded reply. No thread waits meanwhile; the futures complete on
 * a thread of the HTTP client or on the JDK's timer, neither of which may be blocked. Cancelling a
 * future aborts its exchange at once. Thread-safe.
 *
 * <p>A future completes exceptionally with {@link TransportFailure} when no reply came.
 */
public final class Exchange {

  private final HttpClient client;
  private final Duration timeout;
  private final Time time;

  /**
   * Creates one.
   *
   * @param client must not follow redirects; its connect timeout, if any, counts as well
   * @param timeout for the whole exchange, the body included. {@link HttpRequest.Builder#timeout}
   *     would stop counting at the headers
   * @param time where instants are read
   * @throws IllegalArgumentException if the client follows redirects
   */
  public Exchange(HttpClient client, Duration timeout, Time time) {
    if (client.followRedirects() != Redirect.NEVER) {
      // A redirected POST would carry a refresh token to wherever the answer points.
      throw new IllegalArgumentException("The HttpClient must not follow redirects");
    }
    this.client = client;
    this.timeout = timeout;
    this.time = time;
  }

  /**
   * Posts a form.
   *
   * @throws IllegalArgumentException if the URI is neither https nor http on loopback
   */
  public CompletableFuture<Reply> post(URI uri, Form form, Map<String, String> headers) {
    FormBody body = new FormBody(form);
    HttpRequest.Builder request =
        request(uri).header("Content-Type", "application/x-www-form-urlencoded").POST(body);
    headers.forEach(request::setHeader);
    return send(request.build(), body::withdraw, form::redact);
  }

  /**
   * Gets a document.
   *
   * @throws IllegalArgumentException if the URI is neither https nor http on loopback
   */
  public CompletableFuture<Reply> get(URI uri) {
    return send(request(uri).GET().build(), () -> false, UnaryOperator.identity());
  }

  /** The failure itself, out of the wrappers that futures put around it. */
  public static Throwable unwrap(Throwable failure) {
    Throwable inner = failure;
    while ((inner instanceof CompletionException || inner instanceof ExecutionException)
        && inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner;
  }

  private static HttpRequest.Builder request(URI uri) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(SecureUri.check(uri)).header("Accept", "application/json");
    // Over plain http the client would offer "Upgrade: h2c", which some servers answer badly.
    return SecureUri.isPlainHttp(uri) ? request.version(HttpClient.Version.HTTP_1_1) : request;
  }

  /** An application's own client, or its executor, may throw where it should fail. */
  private <T> CompletableFuture<HttpResponse<T>> begin(HttpRequest request, BodyHandler<T> body) {
    try {
      return client.sendAsync(request, body);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<Reply> send(
      HttpRequest request, Departure departure, UnaryOperator<String> redact) {
    CompletableFuture<Reply> result = new CompletableFuture<>();
    ReplyReader reader = new ReplyReader(time, redact);
    var exchange = begin(request, head -> body(head, reader, result));
    // A network timeout, not a step of the protocol: a test's clock does not move it.
    var deadline =
        new CompletableFuture<Void>().completeOnTimeout(null, timeout.toNanos(), NANOSECONDS);

    CompletableFuture<?> unused =
        exchange
            .thenApply(r -> reader.read(r.statusCode(), r.headers(), r.body()))
            .whenComplete(
                (reply, failure) -> {
                  Throwable cause = failure == null ? null : unwrap(failure);
                  Reply got = cause == null ? reply : reader.withheld(cause);
                  if (got != null) {
                    result.complete(got);
                  } else if (cause != null) {
                    result.completeExceptionally(
                        TransportFailure.of(request.uri(), cause, departure.withdraw()));
                  }
                });
    unused =
        deadline.whenComplete(
            (nothing, cancelled) -> {
              if (cancelled == null) {
                result.completeExceptionally(
                    TransportFailure.timedOut(request.uri(), timeout, departure.withdraw()));
              }
            });
    // However it ended, nothing is left behind: cancelling the result comes through here too.
    unused =
        result.whenComplete(
            (reply, failure) -> {
              deadline.cancel(false);
              // Cancelling the exchange is a request, which may come too late; this does not.
              departure.withdraw();
              exchange.cancel(true);
            });
    return result;
  }

  /** A request that can perhaps still be kept here. */
  private interface Departure {
    /** Keeps it here if it has not left; tells whether it has not and never will. */
    boolean withdraw();
  }

  private static BoundedBody body(
      ResponseInfo head, ReplyReader reader, CompletableFuture<Reply> result) {
    // Not firstValueAsLong, which throws at what is no number.
    long announced =
        head.headers()
            .firstValue("Content-Length")
            .filter(length -> length.matches("[0-9]{1,18}"))
            .map(Long::valueOf)
            .orElse(0L);
    return new BoundedBody(
        announced, () -> result.complete(reader.tooLong(head.statusCode(), head.headers())));
  }
}
