package dev.latchkey;

import dev.latchkey.internal.metadata.ServerEndpoints;
import dev.latchkey.internal.time.Time;
import java.util.concurrent.Executor;

/** Opens to fixtures in other packages what the builder keeps to itself. */
public final class ClientSeams {

  private ClientSeams() {}

  /** A builder of clients that live in this time. */
  public static PublicClientBuilder builder(Time time) {
    return PublicClient.builder().time(time);
  }

  /** The same; the application's own code is called there. */
  public static PublicClientBuilder builder(Time time, Executor callbacks) {
    return builder(time).callbacks(callbacks);
  }

  /** Lets the client live in this time. */
  public static PublicClientBuilder time(PublicClientBuilder builder, Time time) {
    return builder.time(time);
  }

  /** How the rooms below see this server. */
  public static ServerEndpoints endpoints(AuthorizationServer server) {
    return server.endpoints();
  }
}
