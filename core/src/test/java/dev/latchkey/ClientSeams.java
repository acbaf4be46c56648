package dev.latchkey;

import dev.latchkey.internal.metadata.ServerEndpoints;
import dev.latchkey.internal.time.Time;
import java.util.concurrent.Executor;

/** Opens package-private members of the root to fixtures. */
public final class ClientSeams {

  private ClientSeams() {}

  /** A builder of clients with this time. */
  public static PublicClientBuilder builder(Time time) {
    return PublicClient.builder().time(time);
  }

  /** The same, with an executor for the application's own code. */
  public static PublicClientBuilder builder(Time time, Executor callbacks) {
    return builder(time).callbacks(callbacks);
  }

  /** Sets the time of the client. */
  public static PublicClientBuilder time(PublicClientBuilder builder, Time time) {
    return builder.time(time);
  }

  /** Waits until the refreshes of a client that are under way have ended, well or not. */
  public static void awaitRefreshes(PublicClient client) {
    client.awaitRefreshes();
  }

  /** The endpoints of a server, as the rooms see them. */
  public static ServerEndpoints endpoints(AuthorizationServer server) {
    return server.endpoints();
  }
}
