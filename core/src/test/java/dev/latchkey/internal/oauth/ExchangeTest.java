package dev.latchkey.internal.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.HttpExchange.Kind;
import dev.latchkey.internal.http.ExchangeReports;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.time.Time;
import java.net.Authenticator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeTest {

  @StartStop public final MockWebServer server = new MockWebServer();

  private final Exchange exchange =
      new Exchange(HttpClient.newHttpClient(), Duration.ofSeconds(30), new FixedTime());

  @Test
  void formIsPostedAsTheRfcSays() throws Exception {
    server.enqueue(new MockResponse.Builder().body("{}").build());
    Form form = new Form().add("client_id", "a b").add("scope", "openid");

    reply(exchange.post(Kind.POLL, uri(), form, Map.of("client-request-id", "7")));

    RecordedRequest request = server.takeRequest();
    assertThat(request.getMethod()).isEqualTo("POST");
    assertThat(Objects.requireNonNull(request.getBody()).utf8())
        .isEqualTo("client_id=a+b&scope=openid");
    assertThat(request.getHeaders().get("Content-Type"))
        .isEqualTo("application/x-www-form-urlencoded");
    assertThat(request.getHeaders().get("Accept")).isEqualTo("application/json");
    assertThat(request.getHeaders().get("client-request-id")).isEqualTo("7");
    assertThat(request.getHeaders().get("User-Agent")).isEqualTo("latchkey");
    assertThat(request.getHeaders().get("Upgrade")).isNull();
  }

  @Test
  void reportThatFailsWithAnErrorCostsNoReply() throws Exception {
    server.enqueue(new MockResponse.Builder().body("{}").build());
    ExchangeReports failing =
        ExchangeReports.to(
            ended -> {},
            task -> {
              throw new NoClassDefFoundError("of the application");
            });
    Exchange reporting =
        new Exchange(
            HttpClient.newHttpClient(),
            Duration.ofSeconds(30),
            new FixedTime(),
            "latchkey",
            failing);

    CompletableFuture<Reply> sent =
        reporting.post(Kind.REFRESH, uri(), new Form().add("a", "b"), Map.of());

    assertThat(sent.get(1, TimeUnit.MINUTES).ok()).isTrue();
  }

  @Test
  void successIsReadWithTheClocksFromBeforeItWasSent() throws Exception {
    server.enqueue(
        new MockResponse.Builder()
            .body("{\"a\":\"x\"}")
            .setHeader("Date", "Sun, 06 Nov 1994 08:49:37 GMT")
            .build());

    Reply reply = reply(exchange.get(uri()));

    assertThat(reply.ok()).isTrue();
    assertThat(Json.string(Objects.requireNonNull(reply.json()), "a")).isEqualTo("x");
    assertThat(reply.problem()).isNull();
    assertThat(reply.date()).isEqualTo(Instant.parse("1994-11-06T08:49:37Z"));
    assertThat(reply.retryAfter()).isNull();
    assertThat(reply.sentNanos()).isEqualTo(FixedTime.NANOS);
    assertThat(reply.sentWallMillis()).isEqualTo(FixedTime.WALL_MILLIS);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 303, 304, 305, 307, 308})
  void noRedirectIsFollowedWhateverItsStatus(int status) throws Exception {
    server.enqueue(
        new MockResponse.Builder()
            .code(status)
            .setHeader("Location", uri().toString())
            .body(status == 304 ? "" : "{\"access_token\":\"x\"}")
            .build());

    Reply reply = reply(exchange.post(Kind.POLL, uri(), new Form().add("a", "b"), Map.of()));

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.json()).isNull();
    assertThat(reply.ok()).isFalse();
    assertThat(reply.describe())
        .isEqualTo("HTTP " + status + ", a redirect, which is not followed");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "200|``|empty body",
        "204|``|empty body",
        "200|<html>Welcome to the hotel</html>|HTML page",
        "429|Too Many Requests|malformed JSON",
        "502|<h1>Bad Gateway</h1>|HTML page",
        "200|{\"access_token\":\"secret|truncated JSON",
        "200|[1]|not a JSON object",
      })
  void bodyThatCannotBeReadIsNamedAndNotKept(int status, String body, String problem)
      throws Exception {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());

    Reply reply = reply(exchange.get(uri()));

    assertThat(reply.json()).isNull();
    assertThat(reply.ok()).isFalse();
    assertThat(reply.problem()).isEqualTo(problem);
    assertThat(reply.describe()).isEqualTo("HTTP " + status + ", " + problem);
  }

  @ParameterizedTest
  @CsvSource({"200, 256", "400, 64", "502, 64"})
  void bodyOfExactlyTheLimitIsReadAndOneByteMoreIsNot(int status, int kibibytes) throws Exception {
    String start = "{\"a\":\"x\"}";
    String full = start + " ".repeat((kibibytes << 10) - start.length());
    server.enqueue(new MockResponse.Builder().code(status).body(full).build());
    server.enqueue(new MockResponse.Builder().code(status).body(full + " ").build());
    server.enqueue(
        new MockResponse.Builder()
            .code(status)
            .chunkedBody(new Buffer().writeUtf8(full + " "), 1000)
            .build());

    assertThat(reply(exchange.get(uri())).json()).isNotNull();
    assertThat(reply(exchange.get(uri())).problem()).isEqualTo("body over " + kibibytes + " KiB");
    assertThat(reply(exchange.get(uri())).problem()).isEqualTo("body over " + kibibytes + " KiB");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 401, 500})
  void errorIsAnErrorWhateverTheStatus(int status) throws Exception {
    server.enqueue(
        new MockResponse.Builder().code(status).body("{\"error\":\"invalid_client\"}").build());

    Reply reply = reply(exchange.get(uri()));

    assertThat(reply.ok()).isFalse();
    assertThat(Objects.requireNonNull(reply.error()).error()).isEqualTo("invalid_client");
    assertThat(reply.error().status()).isEqualTo(status);
    assertThat(reply.describe()).isEqualTo("HTTP " + status + ", invalid_client");
  }

  @Test
  void unauthorizedIsAReplyAlsoWhereTheClientHasAnAuthenticator() throws Exception {
    server.enqueue(
        new MockResponse.Builder().code(401).body("{\"error\":\"invalid_client\"}").build());
    HttpClient client = HttpClient.newBuilder().authenticator(new Authenticator() {}).build();
    Exchange authenticating = new Exchange(client, Duration.ofSeconds(30), new FixedTime());

    Reply reply = reply(authenticating.post(Kind.POLL, uri(), new Form().add("a", "b"), Map.of()));

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.ok()).isFalse();
    assertThat(reply.describe()).startsWith("HTTP 401, ");
  }

  @Test
  void requestThatFollowsAReplyAtOnceUsesTheSameConnection() throws Exception {
    CompletableFuture<Reply> last = CompletableFuture.completedFuture(null);
    for (int i = 0; i < 5; i++) {
      server.enqueue(new MockResponse.Builder().body("{}").build());
      server.enqueue(new MockResponse.Builder().code(400).chunkedBody("{}", 1).build());
    }

    for (int i = 0; i < 10; i++) {
      last =
          last.thenCompose(
              reply -> exchange.post(Kind.POLL, uri(), new Form().add("a", "b"), Map.of()));
    }

    assertThat(reply(last).status()).isEqualTo(400);
    for (int i = 0; i < 10; i++) {
      assertThat(server.takeRequest().getConnectionIndex()).isZero();
    }
  }

  @Test
  void replyIsHandedOverOnAThreadOfTheClient() throws Exception {
    server.enqueue(new MockResponse.Builder().body("{}").headersDelay(2, TimeUnit.SECONDS).build());
    ExecutorService threads = Executors.newCachedThreadPool(task -> new Thread(task, "client's"));
    HttpClient client = HttpClient.newBuilder().executor(threads).build();
    Exchange own = new Exchange(client, Duration.ofSeconds(30), new FixedTime());

    CompletableFuture<String> thread =
        own.get(uri()).thenApply(reply -> Thread.currentThread().getName());

    assertThat(thread.get(30, TimeUnit.SECONDS)).isEqualTo("client's");
    threads.shutdownNow();
  }

  @Test
  void toStringHoldsNothingOfTheBody() throws Exception {
    server.enqueue(new MockResponse.Builder().body("{\"access_token\":\"secret\"}").build());

    assertThat(reply(exchange.get(uri())).toString()).doesNotContain("secret").contains("HTTP 200");
  }

  @Test
  void plainHttpToAnotherMachineIsRejectedBeforeAnythingIsSent() {
    URI uri = URI.create("http://192.0.2.1/token?x=secret");

    assertThatThrownBy(() -> exchange.get(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> exchange.post(Kind.POLL, uri, new Form(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ALWAYS", "NORMAL"})
  void clientThatFollowsRedirectsIsRejected(Redirect policy) {
    HttpClient client = HttpClient.newBuilder().followRedirects(policy).build();

    assertThatThrownBy(() -> new Exchange(client, Duration.ofSeconds(1), Time.system()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private URI uri() {
    return server.url("/token?x=1").uri();
  }

  private static Reply reply(CompletableFuture<Reply> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }

  private static final class FixedTime implements Time {
    static final long NANOS = 42;
    static final long WALL_MILLIS = 1_700_000_000_000L;

    @Override
    public long nanos() {
      return NANOS;
    }

    @Override
    public long wallMillis() {
      return WALL_MILLIS;
    }

    @Override
    public CompletableFuture<Void> after(Duration delay) {
      throw new AssertionError("A network timeout is no step of the protocol");
    }
  }
}
