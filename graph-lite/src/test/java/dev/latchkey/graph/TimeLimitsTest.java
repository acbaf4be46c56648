package dev.latchkey.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.latchkey.graph.error.Forbidden;
import dev.latchkey.graph.error.GraphUnavailable;
import dev.latchkey.graph.fixture.QuickTime;
import dev.latchkey.graph.fixture.ScriptedGraph;
import dev.latchkey.graph.fixture.TickingTime;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers without an end. By the clock of the client a second passes with each look at it. */
@Timeout(60)
class TimeLimitsTest {

  /** The limit, a look or two per buffer that comes within it, and those around it. */
  private static final Duration SOON_AFTER = Duration.ofSeconds(140);

  private final TickingTime network = new TickingTime(Duration.ofSeconds(1));
  private ScriptedGraph server;
  private GraphClient graph;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedGraph();
    graph = GraphClients.client(server, new QuickTime(), network);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void answerThatDripsForEverEndsAtTheRequestTimeout() {
    server.line(exchange -> drip(exchange, 200));

    assertThatThrownBy(graph::me).isInstanceOf(GraphUnavailable.class);
    assertThat(network.elapsed()).isBetween(Duration.ofMinutes(2), SOON_AFTER);
  }

  @Test
  void refusalWhoseBodyDripsForEverIsReportedAtTheRequestTimeout() {
    server.line(exchange -> drip(exchange, 403));

    assertThatThrownBy(graph::me).isInstanceOf(Forbidden.class);
    assertThat(network.elapsed()).isBetween(Duration.ofMinutes(2), SOON_AFTER);
  }

  @Test
  void pageThatDripsForEverEndsAtTheRequestTimeout() {
    server.answer(200, "{\"value\":[],\"@odata.nextLink\":\"" + server.url() + "/more\"}");
    server.line(exchange -> drip(exchange, 200));

    assertThatThrownBy(() -> graph.list("/things").toList()).isInstanceOf(GraphUnavailable.class);
  }

  @SuppressWarnings("InfiniteLoopStatement") // ends with the connection
  private static void drip(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, 0);
    OutputStream body = exchange.getResponseBody();
    while (true) {
      body.write(' ');
      body.flush();
    }
  }
}
