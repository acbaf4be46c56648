package dev.latchkey.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.Entra;
import dev.latchkey.HttpExchange;
import dev.latchkey.HttpExchange.Kind;
import dev.latchkey.PublicClient;
import dev.latchkey.graph.drive.ItemRef;
import dev.latchkey.graph.error.NotFound;
import dev.latchkey.graph.fixture.CountingTokens;
import dev.latchkey.graph.fixture.QuickTime;
import dev.latchkey.graph.fixture.ScriptedGraph;
import dev.latchkey.testkit.FakeAuthorizationServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a listener learns of the exchanges with Graph. */
class ExchangeListenerTest {

  private static final String ADELE = "adele@contoso.example";
  private static final String ME = "{\"id\":\"1\"}";

  private final BlockingQueue<HttpExchange> heard = new LinkedBlockingQueue<>();

  @Test
  void everySendingOfACallIsTold() throws Exception {
    try (ScriptedGraph server = new ScriptedGraph()) {
      server.answer(503, "").answer(401, "{}").truncated(200, ME).answer(200, ME);

      assertThat(graph(server).me().id()).isEqualTo("1");

      assertThat(lines(4))
          .containsExactly(
              "API 127.0.0.1 503 #1",
              "API 127.0.0.1 401 #2",
              "API 127.0.0.1 - #3",
              "API 127.0.0.1 200 #4");
    }
  }

  @Test
  void callThatFailsForGoodIsTold() throws Exception {
    try (ScriptedGraph server = new ScriptedGraph()) {
      server.answer(404, "{\"error\":{\"code\":\"itemNotFound\",\"message\":\"no\"}}");

      assertThat(catchThrowableOfType(NotFound.class, graph(server)::me)).isNotNull();

      assertThat(lines(1)).containsExactly("API 127.0.0.1 404 #1");
    }
  }

  @Test
  void contentIsToldWithoutItsSecretAddress(@TempDir Path directory) throws Exception {
    try (var server = FakeAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start()) {
      server.graph().drive(ADELE).addFile("Reports/q3.txt", "All is well.");
      server.approveNext(ADELE);
      PublicClient client =
          PublicClient.builder()
              .authorizationServer(Entra.common().authorityHost(server.baseUrl()))
              .clientId("metered")
              .scopes("User.Read Files.ReadWrite")
              .build();
      GraphClient graph =
          GraphClient.builder(client.tokens(client.beginSignIn().await().account()))
              .baseUrl(server.graph().url())
              .exchangeListener(heard::add)
              .build();

      graph.drives().mine().download(ItemRef.path("Reports/q3.txt"), directory.resolve("q3.txt"));
      graph.me();

      List<HttpExchange> all = exchangesUntil("/me is the last", Kind.API, 3);
      assertThat(all).extracting(HttpExchange::kind).contains(Kind.CONTENT);
      assertThat(all)
          .allSatisfy(exchange -> assertThat(exchange.duration()).isPositive())
          .extracting(HttpExchange::toString)
          .noneMatch(text -> text.contains("/") || text.contains("?") || text.contains("q3"))
          .noneMatch(text -> server.secrets().stream().anyMatch(text::contains));
    }
  }

  private GraphClient graph(ScriptedGraph server) throws IOException {
    return GraphClients.builder(new CountingTokens("User.Read"), server.url(), new QuickTime())
        .exchangeListener(heard::add)
        .build();
  }

  /** Waits for so many: the listener is called a little later than callers return. */
  private List<HttpExchange> exchangesUntil(String why, Kind kind, int count) throws Exception {
    List<HttpExchange> all = new ArrayList<>();
    for (int left = count; left > 0; ) {
      HttpExchange next = heard.poll(20, TimeUnit.SECONDS);
      all.add(Objects.requireNonNull(next, why));
      left -= next.kind() == kind ? 1 : 0;
    }
    return all;
  }

  private List<String> lines(int count) throws Exception {
    return exchangesUntil("of " + count, Kind.API, count).stream()
        .map(
            exchange ->
                exchange.kind()
                    + " "
                    + exchange.host()
                    + " "
                    + (exchange.status() == null ? "-" : exchange.status())
                    + " #"
                    + exchange.attempt())
        .toList();
  }
}
