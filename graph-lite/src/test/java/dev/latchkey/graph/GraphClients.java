package dev.latchkey.graph;

import dev.latchkey.TokenSource;
import dev.latchkey.graph.fixture.CountingTokens;
import dev.latchkey.graph.fixture.QuickTime;
import dev.latchkey.graph.fixture.ScriptedGraph;
import dev.latchkey.internal.time.Time;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/**
 * Makes clients whose waits take no time. Not among the other fixtures because the clock of {@link
 * GraphClientBuilder} is package-private.
 */
public final class GraphClients {

  private GraphClients() {}

  /**
   * Loads the classes of a first request, so that no test takes a slow first request for a lost
   * one.
   */
  public static void warmUp() throws IOException {
    try (ScriptedGraph any = new ScriptedGraph()) {
      client(any.answer(202, ""), new QuickTime()).mail().send("d1");
    }
  }

  /** A client whose waits between attempts take no time. */
  public static GraphClient client(ScriptedGraph server, QuickTime time) {
    return client(server, time, Duration.ofSeconds(30));
  }

  /** The same with another idle timeout. */
  public static GraphClient client(ScriptedGraph server, QuickTime time, Duration idleTimeout) {
    return builder(new CountingTokens("Mail.ReadWrite"), server.url(), time)
        .idleTimeout(idleTimeout)
        .build();
  }

  /** The same with a clock of the network: those of the limits. */
  public static GraphClient client(ScriptedGraph server, QuickTime time, Time network) {
    return builder(new CountingTokens("Mail.ReadWrite"), server.url(), time)
        .networkTime(network)
        .idleTimeout(Duration.ofSeconds(60))
        .requestTimeout(Duration.ofMinutes(2))
        .retries(0)
        .build();
  }

  /** A builder with this clock. */
  public static GraphClientBuilder builder(TokenSource tokens, URI baseUrl, Time time) {
    return GraphClient.builder(tokens).baseUrl(baseUrl).time(time);
  }
}
