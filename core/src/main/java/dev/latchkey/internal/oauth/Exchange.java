package dev.latchkey.internal.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.internal.http.HttpCall;
import dev.latchkey.internal.http.HttpDates;
import dev.latchkey.internal.http.HttpReply;
import dev.latchkey.internal.http.Redirects;
import dev.latchkey.internal.http.SecureUri;
import dev.latchkey.internal.http.TransportFailure;
import dev.latchkey.internal.http.UserAgent;
import dev.latchkey.internal.http.WithdrawableBody;
import dev.latchkey.internal.time.Time;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * Sends one request to an authorization server and reads its reply. No thread waits meanwhile. A
 * future completes on a thread of the HTTP client or on the JDK's timer, neither of which may be
 * blocked; a failure that precedes the body may complete it in the common pool, or on a thread of
 * its own. Cancelling a future ends its exchange at once. Thread-safe.
 *
 * <p>A future fails with {@link TransportFailure} if no reply comes.
 */
public final class Exchange {

  private final HttpClient client;
  private final Duration timeout;
  private final Time time;
  private final String userAgent;

  /**
   * Creates one that sends the library's own {@code User-Agent}.
   *
   * @param client must not follow redirects; its connect timeout, if any, counts as well
   * @param timeout for the whole exchange, the body included
   * @param time where instants are read
   * @throws IllegalArgumentException if the client follows redirects
   */
  public Exchange(HttpClient client, Duration timeout, Time time) {
    this(client, timeout, time, UserAgent.product("latchkey", Exchange.class));
  }

  /**
   * Creates one.
   *
   * @param client must not follow redirects; its connect timeout, if any, counts as well
   * @param timeout for the whole exchange, the body included
   * @param time where instants are read
   * @param userAgent the {@code User-Agent} header
   * @throws IllegalArgumentException if the client follows redirects
   */
  public Exchange(HttpClient client, Duration timeout, Time time, String userAgent) {
    this.client = Redirects.requireNone(client);
    this.timeout = timeout;
    this.time = time;
    this.userAgent = userAgent;
  }

  /**
   * Posts a form.
   *
   * @throws IllegalArgumentException if the URI is neither https nor http on loopback
   */
  public CompletableFuture<Reply> post(URI uri, Form form, Map<String, String> headers) {
    return call(uri, form, headers, (reader, http) -> reader.read(http)).send(client, timeout);
  }

  /**
   * Posts a form, and leaves the reply as it came: whoever must not lose it reads it.
   *
   * @throws IllegalArgumentException if the URI is neither https nor http on loopback
   */
  public CompletableFuture<UnreadReply> postUnread(URI uri, Form form) {
    return call(uri, form, Map.of(), UnreadReply::new).send(client, timeout);
  }

  /**
   * Receives a made-up success as {@link #postUnread} would. Sends nothing, does not block.
   *
   * @param date the server's clock in it
   */
  public UnreadReply rehearse(URI uri, Form form, Instant date, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    Map<String, List<String>> headers =
        Map.of(
            "Content-Length", List.of(Integer.toString(bytes.length)),
            "Content-Type", List.of("application/json"),
            "Date", List.of(HttpDates.format(date)));
    return call(uri, form, Map.of(), UnreadReply::new)
        .rehearse(HttpHeaders.of(headers, (name, value) -> true), bytes)
        .join();
  }

  private <T> HttpCall<T> call(
      URI uri, Form form, Map<String, String> headers, BiFunction<ReplyReader, HttpReply, T> read) {
    WithdrawableBody body = new WithdrawableBody(BodyPublishers.ofString(form.encode()));
    HttpRequest.Builder request =
        request(uri).header("Content-Type", "application/x-www-form-urlencoded").POST(body);
    headers.forEach(request::setHeader);
    ReplyReader reader = new ReplyReader(time, form::redact);
    return new HttpCall<>(request.build(), body, http -> read.apply(reader, http));
  }

  /**
   * Gets a document. A failure never proves that the request did not leave.
   *
   * @throws IllegalArgumentException if the URI is neither https nor http on loopback
   */
  public CompletableFuture<Reply> get(URI uri) {
    ReplyReader reader = new ReplyReader(time, UnaryOperator.identity());
    return new HttpCall<>(request(uri).GET().build(), null, reader::read).send(client, timeout);
  }

  private HttpRequest.Builder request(URI uri) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(SecureUri.check(uri))
            .header("Accept", "application/json")
            .header("User-Agent", userAgent);
    // Over plain http the client would offer "Upgrade: h2c", which some servers answer badly.
    return SecureUri.isPlainHttp(uri) ? request.version(HttpClient.Version.HTTP_1_1) : request;
  }
}
