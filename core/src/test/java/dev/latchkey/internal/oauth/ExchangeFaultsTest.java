package dev.latchkey.internal.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.HttpExchange.Kind;
import dev.latchkey.fixture.RawServer;
import dev.latchkey.internal.http.TransportFailure;
import dev.latchkey.internal.time.Time;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers and networks that fail during an exchange. */
class ExchangeFaultsTest {

  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
  private static final Form FORM = new Form().add("refresh_token", "secret");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Exchange patient = new Exchange(client, Duration.ofMinutes(5), Time.system());
  private final Exchange hasty = new Exchange(client, Duration.ofSeconds(1), Time.system());

  /**
   * The first request of a process takes long enough to exceed the second of {@code hasty}. Users
   * have thirty.
   */
  @BeforeAll
  static void loadTheClasses() throws Exception {
    try (RawServer server = RawServer.afterRequest(RawServer::reset)) {
      failure(new ExchangeFaultsTest().patient.post(Kind.POLL, server.uri("http"), FORM, Map.of()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        HEAD,
        HEAD + "Content-Length: 100\r\n\r\n{\"access_token\":\"",
        HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n",
        "HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 100\r\n\r\n",
      })
  void silentServerTimesOutAndIsDisconnected(String sent) throws Exception {
    try (RawServer server = RawServer.sendingThenSilent(sent)) {
      TransportFailure failure = failure(hasty.post(Kind.POLL, server.uri("http"), FORM, Map.of()));

      assertThat(failure.neverLeft()).isFalse();
      assertThat(failure).hasMessageContaining("within 1000 ms");
      assertThat(server.awaitHangUp()).isTrue();
    }
  }

  @Test
  void serverThatSendsItsBodySlowlyTimesOutToo() throws Exception {
    try (RawServer server =
        RawServer.afterRequest(
            socket -> {
              RawServer.write(socket, HEAD + "\r\n{");
              while (true) {
                RawServer.write(socket, " ");
                socket.setSoTimeout(20);
                try {
                  if (socket.getInputStream().read() < 0) {
                    return;
                  }
                } catch (java.net.SocketTimeoutException e) {
                  // The connection is still open.
                }
              }
            })) {
      assertThat(failure(hasty.get(server.uri("http")))).hasMessageContaining("within 1000 ms");
      assertThat(server.awaitHangUp()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", HEAD, HEAD + "Content-Length: 100\r\n\r\n{\"access_token\":\""})
  void cancellingDisconnectsAtOnce(String sent) throws Exception {
    try (RawServer server = RawServer.sendingThenSilent(sent)) {
      CompletableFuture<Reply> reply = patient.post(Kind.POLL, server.uri("http"), FORM, Map.of());
      assertThat(server.awaitRequest()).isTrue();

      assertThat(reply.cancel(true)).isTrue();

      assertThatThrownBy(reply::join).isInstanceOf(CancellationException.class);
      assertThat(server.awaitHangUp()).isTrue();
    }
  }

  @Test
  void connectionResetAfterTheRequestMayHaveLeft() throws Exception {
    try (RawServer server = RawServer.afterRequest(RawServer::reset)) {
      TransportFailure failure =
          failure(patient.post(Kind.POLL, server.uri("http"), FORM, Map.of()));

      assertThat(failure.neverLeft()).isFalse();
      assertThat(failure).hasCauseInstanceOf(IOException.class);
      assertThat(server.request()).endsWith("refresh_token=secret");
    }
  }

  @Test
  void connectionClosedInTheMiddleOfTheBodyIsNoReply() throws Exception {
    try (RawServer server =
        RawServer.afterRequest(
            socket -> {
              RawServer.write(socket, HEAD + "Content-Length: 100\r\n\r\n{\"a\":1}");
              socket.close();
            })) {
      TransportFailure failure =
          failure(patient.post(Kind.POLL, server.uri("http"), FORM, Map.of()));

      assertThat(failure.neverLeft()).isFalse();
      assertThat(failure).hasMessageEndingWith("connection broken");
    }
  }

  @Test
  void refusedConnectionProvesThatNothingLeft() throws Exception {
    int port;
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = listener.getLocalPort();
    }
    URI uri = URI.create("http://127.0.0.1:" + port + "/token?secret=1");

    TransportFailure failure = failure(patient.post(Kind.POLL, uri, FORM, Map.of()));

    assertThat(failure.neverLeft()).isTrue();
    assertThat(failure)
        .hasMessage("http://127.0.0.1:" + port + "/token: no connection")
        .hasCauseInstanceOf(java.net.ConnectException.class);
  }

  @Test
  void unknownHostProvesThatNothingLeft() throws Exception {
    // RFC 6761: no resolver finds a name under .invalid.
    URI uri = URI.create("https://latchkey.invalid/token");

    TransportFailure failure = failure(patient.post(Kind.POLL, uri, FORM, Map.of()));

    assertThat(failure.neverLeft()).isTrue();
    assertThat(failure).hasMessage("https://latchkey.invalid/token: host name not found");
  }

  /**
   * Of five, since the JDK may take a handshake that has just failed for one without ALPN, and then
   * hands the request to the dead connection: twice in 18,000 under load, on JDK 17 as on 25. The
   * proof is lost then, because a connection that fails after the handshake looks the same. No user
   * loses anything by it: a request that may have left is repeated when the access token has
   * expired, and the refresh token that it carried is still good.
   */
  @Test
  void failedTlsHandshakeProvesThatNothingLeft() throws Exception {
    List<TransportFailure> failures = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      failures.add(failedTlsHandshake());
    }

    assertThat(failures).anyMatch(TransportFailure::neverLeft);
    assertThat(failures)
        .allSatisfy(
            failure ->
                assertThat(failure)
                    .hasMessageContaining("TLS failed")
                    .hasRootCauseInstanceOf(SSLException.class));
  }

  private TransportFailure failedTlsHandshake() throws Exception {
    try (RawServer server =
        RawServer.onConnect(
            socket -> {
              // Closing the connection before the client's hello is read would reset it.
              assertThat(socket.getInputStream().read(new byte[8_192])).isPositive();
              RawServer.write(socket, "HTTP/1.1 400 Bad Request\r\n\r\n");
            })) {
      return failure(patient.post(Kind.POLL, server.uri("https"), FORM, Map.of()));
    }
  }

  @Test
  void timeoutDuringTheTlsHandshakeProvesThatNothingLeft() throws Exception {
    try (RawServer server = RawServer.onConnect(socket -> {})) {
      TransportFailure failure =
          failure(hasty.post(Kind.POLL, server.uri("https"), FORM, Map.of()));

      assertThat(failure.neverLeft()).isTrue();
      assertThat(server.awaitHangUp()).isTrue();
    }
  }

  @Test
  void proxyThatRefusesTheTunnelProvesThatNothingLeft() throws Exception {
    String refusal =
        """
        HTTP/1.1 407 Proxy Authentication Required
        Proxy-Authenticate: Basic realm="office"
        Content-Length: 0

        """;
    try (RawServer proxy = RawServer.sendingThenSilent(refusal.replace("\n", "\r\n"))) {
      var address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.uri("http").getPort());
      HttpClient behind = HttpClient.newBuilder().proxy(ProxySelector.of(address)).build();
      Exchange exchange = new Exchange(behind, Duration.ofMinutes(5), Time.system());

      URI uri = URI.create("https://latchkey.invalid/token");
      TransportFailure failure = failure(exchange.post(Kind.POLL, uri, FORM, Map.of()));

      assertThat(failure.neverLeft()).isTrue();
      assertThat(failure).hasRootCauseMessage("the proxy refused the tunnel: HTTP 407");
      assertThat(failure.remedy()).contains("user name and password for the proxy");
    }
  }

  @Test
  void noMessageShowsTheQueryOrTheForm() throws Exception {
    try (RawServer server = RawServer.afterRequest(RawServer::reset)) {
      TransportFailure failure =
          failure(patient.post(Kind.POLL, server.uri("http"), FORM, Map.of()));

      assertThat(failure).hasMessageNotContaining("secret").hasMessageContaining("/token: ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 104857600", "Transfer-Encoding: chunked", "X-None: x"})
  void bodyOfAHundredMegabytesIsNotReadToItsEnd(String framing) throws Exception {
    AtomicLong written = new AtomicLong();
    try (RawServer server =
        RawServer.afterRequest(
            socket -> {
              RawServer.write(socket, HEAD + framing + "\r\n\r\n");
              OutputStream out = socket.getOutputStream();
              byte[] block = new byte[1 << 20];
              for (int i = 0; i < 100; i++) {
                if (framing.endsWith("chunked")) {
                  RawServer.write(socket, "100000\r\n");
                }
                out.write(block);
                if (framing.endsWith("chunked")) {
                  RawServer.write(socket, "\r\n");
                }
                written.addAndGet(block.length);
              }
            })) {
      Reply reply = patient.get(server.uri("http")).get(30, TimeUnit.SECONDS);

      assertThat(reply.problem()).isEqualTo("body over 256 KiB");
      assertThat(reply.json()).isNull();
      assertThat(server.awaitHangUp()).isTrue();
      // The buffers of both sockets may hold more than was read.
      assertThat(written.get()).isLessThan(40L << 20);
    }
  }

  /** The JDK's client fails the request and keeps the connection for ever. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        HEAD + "Content-Length: many\r\n\r\n{}",
        HEAD + "Na me: x\r\n\r\n"
      })
  void malformedHeadLeavesNoConnectionOpen(String sent) throws Exception {
    try (RawServer server = RawServer.sendingThenSilent(sent)) {
      TransportFailure failure = failure(patient.get(server.uri("http")));

      assertThat(failure.neverLeft()).isFalse();
      assertThat(server.awaitHangUp()).isTrue();
    }
  }

  @Test
  void bytesThatAreNotHttpAreATransportFailure() throws Exception {
    try (RawServer server = RawServer.sendingThenSilent("SSH-2.0-OpenSSH_9.2\r\n\r\n")) {
      TransportFailure failure = failure(patient.get(server.uri("http")));

      assertThat(failure.neverLeft()).isFalse();
    }
  }

  private static TransportFailure failure(CompletableFuture<Reply> reply) throws Exception {
    try {
      throw new AssertionError("There was a reply: " + reply.get(30, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(TransportFailure.class);
      return (TransportFailure) e.getCause();
    }
  }
}
