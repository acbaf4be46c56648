package dev.latchkey.graph;

import java.io.IOException;
import java.time.Duration;

/** Clients for a server with a script, and ways in which that loses an answer. */
final class Clients {

  private Clients() {}

  /** Loads what a first request needs: no later one is slow for that, and taken for lost. */
  static void warmUp() throws IOException {
    try (ScriptedGraph any = new ScriptedGraph()) {
      client(any.answer(202, ""), new QuickTime()).mail().send("d1");
    }
  }

  /** A client whose waits between attempts take no time. */
  static GraphClient client(ScriptedGraph server, QuickTime time) {
    return client(server, time, Duration.ofSeconds(30));
  }

  /** The same, which waits for an answer only so long. */
  static GraphClient client(ScriptedGraph server, QuickTime time, Duration idleTimeout) {
    return GraphClient.builder(new CountingTokens("Mail.ReadWrite"))
        .baseUrl(server.url())
        .idleTimeout(idleTimeout)
        .time(time)
        .build();
  }

  /** Ways in which an answer is lost although the request came. */
  enum Loss {
    GATEWAY_TIMEOUT,
    GATEWAY_TIMEOUT_WITH_RETRY_AFTER,
    BAD_GATEWAY,
    INTERNAL_ERROR,
    RESET,
    HANG,
    CUT;

    /** How long a client waits that is to meet it. */
    Duration idleTimeout() {
      return this == HANG ? Duration.ofMillis(500) : Duration.ofSeconds(30);
    }

    void befalls(ScriptedGraph server) {
      switch (this) {
        case GATEWAY_TIMEOUT -> server.answer(504, "");
        case GATEWAY_TIMEOUT_WITH_RETRY_AFTER -> server.answer(504, "", "Retry-After", "1");
        case BAD_GATEWAY -> server.answer(502, "<html>");
        case INTERNAL_ERROR -> server.answer(500, "{}");
        case RESET -> server.reset();
        case HANG -> server.hang();
        case CUT -> server.truncated(201, "{\"id\":");
      }
    }
  }
}
