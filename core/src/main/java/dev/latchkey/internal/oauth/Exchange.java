package dev.latchkey.internal.oauth;

import dev.latchkey.internal.http.Form;
import dev.latchkey.internal.http.Redirects;
import dev.latchkey.internal.http.SecureUri;
import dev.latchkey.internal.http.TransportFailure;
import dev.latchkey.internal.http.WithdrawableBody;
import dev.latchkey.internal.time.Time;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;

/**
 * Sends one request and reads one bounded reply. No thread waits meanwhile; the futures complete on
 * a thread of the HTTP client or on the JDK's timer, neither of which may be blocked (or in the
 * common pool, with what failed before a body came). Cancelling a future aborts its exchange at
 * once. Thread-safe.
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
    this.client = Redirects.requireNone(client);
    this.timeout = timeout;
    this.time = time;
  }

  /**
   * Posts a form.
   *
   * @throws IllegalArgumentException if the URI is neither https nor http on loopback
   */
  public CompletableFuture<Reply> post(URI uri, Form form, Map<String, String> headers) {
    WithdrawableBody body = new WithdrawableBody(BodyPublishers.ofString(form.encode()));
    HttpRequest.Builder request =
        request(uri).header("Content-Type", "application/x-www-form-urlencoded").POST(body);
    headers.forEach(request::setHeader);
    return new Call(request.build(), body::withdraw, new ReplyReader(time, form::redact))
        .send(client, timeout);
  }

  /**
   * Gets a document.
   *
   * @throws IllegalArgumentException if the URI is neither https nor http on loopback
   */
  public CompletableFuture<Reply> get(URI uri) {
    ReplyReader reader = new ReplyReader(time, UnaryOperator.identity());
    return new Call(request(uri).GET().build(), () -> false, reader).send(client, timeout);
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
}
