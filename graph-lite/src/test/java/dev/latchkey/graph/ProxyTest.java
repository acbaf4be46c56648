package dev.latchkey.graph;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.google.gson.JsonObject;
import dev.latchkey.graph.error.GraphUnavailable;
import dev.latchkey.graph.fixture.CountingTokens;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A proxy that demands a name and a password and lets nobody through. */
class ProxyTest {

  private static final String REFUSAL =
      """
      HTTP/1.1 407 Proxy Authentication Required\r
      Proxy-Authenticate: Basic realm="office"\r
      Content-Length: 0\r
      \r
      """;

  private static final String PROHIBITION = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";

  private volatile String refusal = REFUSAL;
  private final AtomicInteger asked = new AtomicInteger();
  private ServerSocket proxy;
  private GraphClient graph;

  @BeforeEach
  void start() throws IOException {
    proxy = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "proxy");
    thread.setDaemon(true);
    thread.start();
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.getLocalPort());
    graph =
        GraphClient.builder(new CountingTokens("User.Read"))
            .baseUrl(URI.create("https://graph.invalid/v1.0"))
            .httpClient(HttpClient.newBuilder().proxy(ProxySelector.of(address)).build())
            .idleTimeout(Duration.ofHours(1))
            .build();
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
  }

  @Test
  void refusedTunnelIsReportedAtOnceAndNotTriedAgain() {
    assertThatThrownBy(graph::me)
        .isInstanceOf(GraphUnavailable.class)
        .hasMessageContaining("graph.invalid")
        .hasMessageContaining("no connection")
        .hasRootCauseMessage("the proxy refused the tunnel: HTTP 407");

    assertThat(asked).hasValue(1);
  }

  @Test
  void hostThatTheProxyForbidsIsNotTriedAgain() {
    refusal = PROHIBITION;

    assertThatThrownBy(graph::me)
        .asInstanceOf(type(GraphUnavailable.class))
        .extracting(GraphUnavailable::remedy, as(STRING))
        .contains("operator of the proxy");

    assertThat(asked).hasValue(1);
  }

  @Test
  void remedyIsThePasswordForTheProxyAndNotTheNetwork() {
    assertThatThrownBy(graph::me)
        .asInstanceOf(type(GraphUnavailable.class))
        .extracting(GraphUnavailable::remedy, as(STRING))
        .contains("user name and password for the proxy");
  }

  @Test
  void writeThatOnlyReachedTheProxyWasNotCarriedOut() {
    JsonObject body = new JsonObject();
    body.addProperty("a", 1);

    assertThatThrownBy(() -> graph.post("/me/messages", body, Map.of()))
        .isInstanceOf(GraphUnavailable.class);

    assertThat(asked).hasValue(1);
  }

  @Test
  void writeWithoutABodyThatOnlyReachedTheProxyWasNotCarriedOut() {
    assertThatThrownBy(() -> graph.mail().send("draft")).isInstanceOf(GraphUnavailable.class);

    assertThat(asked).hasValue(1);
  }

  private void serve() {
    while (!proxy.isClosed()) {
      try (Socket socket = proxy.accept()) {
        InputStream in = socket.getInputStream();
        int octet = in.read();
        asked.incrementAndGet();
        socket.getOutputStream().write(refusal.getBytes(US_ASCII));
        while (octet >= 0) { // until the client hangs up
          octet = in.read();
        }
      } catch (IOException e) {
        // Closed, or the client was faster.
      }
    }
  }
}
