package dev.latchkey.examples.desktop;

import dev.latchkey.PublicClient;
import dev.latchkey.TokenSource;
import dev.latchkey.examples.demo.DemoServers;
import dev.latchkey.graph.GraphClient;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the application works: on the servers of its own, or on real ones.
 *
 * @param graph Graph with the tokens of an account
 * @param banner a word about the servers, above everything; null for none
 * @param endSession ends the session of a username at the server; null where nobody can
 * @param unlock unlocks the token store, with a dialog of its own; null if there is no such store
 */
public record Place(
    PublicClient client,
    Function<TokenSource, GraphClient> graph,
    @Nullable String banner,
    @Nullable Consumer<String> endSession,
    @Nullable Runnable unlock) {

  /** On real servers. */
  public static Place of(
      PublicClient client, Function<TokenSource, GraphClient> graph, @Nullable Runnable unlock) {
    return new Place(client, graph, null, null, unlock);
  }

  /** On servers in this process, with sessions in memory. */
  public static Place on(DemoServers servers) {
    return new Place(
        servers.client(DemoServers.APP),
        servers::graph,
        "This window runs on servers of its own: there is nothing to set up, and nothing leaves"
            + " this computer. Sign in as "
            + String.join(" or ", DemoServers.people())
            + ".",
        username -> servers.server().people().revokeSessions(username),
        null);
  }
}
