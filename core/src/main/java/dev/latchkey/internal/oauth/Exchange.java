package dev.latchkey.internal.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.HttpExchange.Kind;
import dev.latchkey.internal.http.ExchangeReports;
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
import java.util.function.ToIntFunction;
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
  private final ExchangeReports reports;

  /**
   * Creates one that sends the library's own {@code User-Agent} and reports to nobody.
   *
   * @param client must not follow redirects; its connect timeout, if any, counts as well
   * @param timeout for the whole exchange, the body included
   * @param time where instants are read
   * @throws IllegalArgumentException if the client follows redirects
   */
  public Exchange(HttpClient client, Duration timeout, Time time) {
    this(
        client, timeout, time, UserAgent.product("latchkey", Exchange.class), ExchangeReports.NONE);
  }

  /**
   * Creates one.
   *
   * @param client must not follow redirects; its connect timeout, if any, counts as well
   * @param timeout for the whole exchange, the body included
   * @param time where instants are read
   * @param userAgent the {@code User-Agent} header
   * @param reports where the end of each exchange is reported
   * @throws IllegalArgumentException if the client follows redirects
   */
  public Exchange(
      HttpClient client, Duration timeout, Time time, String userAgent, ExchangeReports reports) {
    this.client = Redirects.requireNone(client);
    this.timeout = timeout;
    this.time = time;
    this.userAgent = userAgent;
    this.reports = reports;
  }

  /**
   * Posts a form.
   *
   * @throws IllegalArgumentException if the URI is neither https nor http on loopback
   */
  public CompletableFuture<Reply> post(Kind kind, URI uri, Form form, Map<String, String> headers) {
    HttpCall<Reply> call = call(uri, form, headers, (reader, http) -> reader.read(http));
    return send(call, kind, uri, 1, Reply::status);
  }

  /**
   * Posts a form, and leaves the reply as it came: whoever must not lose it reads it.
   *
   * @param attempt 1, or more if this request was sent before
   * @throws IllegalArgumentException if the URI is neither https nor http on loopback
   */
  public CompletableFuture<UnreadReply> postUnread(Kind kind, URI uri, Form form, int attempt) {
    HttpCall<UnreadReply> call = call(uri, form, Map.of(), UnreadReply::new);
    return send(call, kind, uri, attempt, UnreadReply::status);
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
    reports.rehearse(uri);
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
   * Gets a document of metadata. A failure never proves that the request did not leave.
   *
   * @throws IllegalArgumentException if the URI is neither https nor http on loopback
   */
  public CompletableFuture<Reply> get(URI uri) {
    ReplyReader reader = new ReplyReader(time, UnaryOperator.identity());
    HttpCall<Reply> call = new HttpCall<>(request(uri).GET().build(), null, reader::read);
    return send(call, Kind.METADATA, uri, 1, Reply::status);
  }

  /**
   * Sends the call and reports its end, also where the caller cancels it. The report comes first,
   * so that the listener is told of exchanges in their order.
   */
  private <T> CompletableFuture<T> send(
      HttpCall<T> call, Kind kind, URI uri, int attempt, ToIntFunction<T> status) {
    long start = time.nanos();
    CompletableFuture<T> exchange = call.send(client, timeout);
    if (reports == ExchangeReports.NONE) {
      return exchange;
    }
    CompletableFuture<T> reported = new CompletableFuture<>();
    CompletableFuture<?> unused =
        exchange.whenComplete(
            (reply, failure) -> {
              try {
                int answered = failure == null ? status.applyAsInt(reply) : 0;
                reports.report(kind, uri, answered, time.nanos() - start, attempt);
              } finally { // whatever the application's logger throws
                if (failure == null) {
                  reported.complete(reply);
                } else {
                  reported.completeExceptionally(failure);
                }
              }
            });
    unused =
        reported.whenComplete(
            (reply, failure) -> {
              if (reported.isCancelled()) {
                exchange.cancel(true);
              }
            });
    return reported;
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
