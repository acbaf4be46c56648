package dev.latchkey.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.graph.error.GraphUnavailable;
import dev.latchkey.graph.fixture.CountingTokens;
import dev.latchkey.graph.fixture.QuickTime;
import dev.latchkey.matrix.GoodAnswer;
import dev.latchkey.matrix.HostileServer;
import dev.latchkey.matrix.Marks;
import dev.latchkey.matrix.WireFault;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The JDK's client fails the request and keeps the connection for ever. On JDK 25, a garbage
 * collection at that very moment leaves nothing by which to close it (see AbortableExchange), so
 * this is no test for that JDK.
 */
@Tag("matrix")
class MalformedHeadTest {

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2", "HTTP/1.1 abc OK", "HTTP/1.1 200 OK\r\nNa me: x"})
  void malformedHeadLeavesNoConnectionOpen(String head) throws Exception {
    try (HostileServer server = new HostileServer()) {
      server.begin(new Marks(head), request -> GoodAnswer.json(200, "{}"));
      server.arm(new WireFault(head, true, false, wire -> wire.last(head + "\r\n\r\n")), 0, 3);
      GraphClient graph =
          GraphClients.builder(new CountingTokens(), server.at("/v1.0"), new QuickTime())
              .retries(2)
              .build();

      assertThatThrownBy(graph::me).isInstanceOf(GraphUnavailable.class);

      assertThat(server.requests()).hasSize(3);
      assertThat(server.end()).as("connections that the client keeps open").isZero();
    }
  }
}
