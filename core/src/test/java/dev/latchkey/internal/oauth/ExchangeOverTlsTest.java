package dev.latchkey.internal.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.HttpExchange.Kind;
import dev.latchkey.internal.http.TransportFailure;
import dev.latchkey.internal.time.Time;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import okio.Buffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As in production: TLS, and HTTP/2 negotiated by ALPN. */
class ExchangeOverTlsTest {

  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final Form FORM = new Form().add("refresh_token", "secret");

  @TempDir static Path directory;
  private static SSLContext tls;

  @StartStop public final MockWebServer server = new MockWebServer();

  private Exchange exchange;

  @BeforeAll
  static void makeACertificate() throws Exception {
    Path file = directory.resolve("server.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                List.of(
                    keytool,
                    "-genkeypair",
                    "-alias",
                    "server",
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "san=dns:localhost,ip:127.0.0.1",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    new String(PASSWORD),
                    "-keystore",
                    file.toString()))
            .redirectErrorStream(true)
            .start();
    assertThat(process.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
  }

  @BeforeEach
  void speakTls() {
    server.useHttps(tls.getSocketFactory());
    HttpClient client = HttpClient.newBuilder().sslContext(tls).build();
    exchange = new Exchange(client, Duration.ofMinutes(5), Time.system());
  }

  @Test
  void replyComesOverHttp2() throws Exception {
    server.enqueue(new MockResponse.Builder().body("{\"a\":1}").build());

    Reply reply = exchange.post(Kind.POLL, uri(), FORM, Map.of()).get(30, TimeUnit.SECONDS);

    assertThat(reply.ok()).isTrue();
    assertThat(server.takeRequest().getVersion()).isEqualTo("HTTP/2");
  }

  @Test
  void requestThatFollowsAReplyAtOnceUsesTheSameConnection() throws Exception {
    CompletableFuture<Reply> last = CompletableFuture.completedFuture(null);
    for (int i = 0; i < 10; i++) {
      server.enqueue(new MockResponse.Builder().body("{\"a\":1}").build());
      last = last.thenCompose(reply -> exchange.post(Kind.POLL, uri(), FORM, Map.of()));
    }

    assertThat(last.get(30, TimeUnit.SECONDS).ok()).isTrue();
    for (int i = 0; i < 10; i++) {
      assertThat(server.takeRequest().getConnectionIndex()).isZero();
    }
  }

  @Test
  void endlessBodyIsCutOffAndTheConnectionStaysUsable() throws Exception {
    byte[] body = new byte[100 << 20];
    server.enqueue(new MockResponse.Builder().body(new Buffer().write(body)).build());
    server.enqueue(
        new MockResponse.Builder()
            .body(new Buffer().write(body))
            .removeHeader("Content-Length")
            .build());
    server.enqueue(new MockResponse.Builder().body("{\"a\":1}").build());

    Reply announced = exchange.get(uri()).get(30, TimeUnit.SECONDS);
    Reply endless = exchange.get(uri()).get(30, TimeUnit.SECONDS);
    Reply next = exchange.get(uri()).get(30, TimeUnit.SECONDS);

    assertThat(announced.problem()).isEqualTo("body over 256 KiB");
    assertThat(endless.problem()).isEqualTo("body over 256 KiB");
    assertThat(next.ok()).isTrue();
  }

  /**
   * The server answers by method, not in the order of a queue: it takes from its queue only after
   * {@code takeRequest} has returned, when the next request may already be there to take what was
   * meant for the cancelled one. That once looked like a client that hangs after a cancellation.
   */
  @Test
  void cancellingLeavesTheConnectionUsable() throws Exception {
    AtomicReference<CompletableFuture<MockResponse>> held =
        new AtomicReference<>(new CompletableFuture<>());
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return request.getMethod().equals("POST")
                ? Objects.requireNonNull(held.get()).join()
                : new MockResponse.Builder().body("{\"a\":1}").build();
          }
        });
    for (int i = 0; i < 100; i++) {
      CompletableFuture<MockResponse> tooLate = new CompletableFuture<>();
      held.set(tooLate);
      CompletableFuture<Reply> hung = exchange.post(Kind.POLL, uri(), FORM, Map.of());
      server.takeRequest();

      hung.cancel(true);

      assertThatThrownBy(hung::join).isInstanceOf(CancellationException.class);
      assertThat(exchange.get(uri()).get(30, TimeUnit.SECONDS).ok()).isTrue();
      assertThat(server.takeRequest().getConnectionIndex()).isZero();
      tooLate.complete(new MockResponse.Builder().build());
    }
  }

  @Test
  void untrustedCertificateProvesThatNothingLeft() {
    Exchange stranger =
        new Exchange(HttpClient.newHttpClient(), Duration.ofMinutes(5), Time.system());

    assertThatThrownBy(
            () -> stranger.post(Kind.POLL, uri(), FORM, Map.of()).get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            TransportFailure.class, failure -> assertThat(failure.neverLeft()).isTrue())
        .hasMessageContaining("TLS failed");
    assertThat(server.getRequestCount()).isZero();
  }

  private URI uri() {
    return server.url("/token").uri();
  }
}
