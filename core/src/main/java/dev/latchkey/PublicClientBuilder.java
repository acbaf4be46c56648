package dev.latchkey;

import dev.latchkey.internal.concurrent.DaemonPools;
import dev.latchkey.internal.http.Redirects;
import dev.latchkey.internal.oauth.Exchange;
import dev.latchkey.internal.oauth.Scopes;
import dev.latchkey.internal.oauth.ServerClock;
import dev.latchkey.internal.session.ClientConfig;
import dev.latchkey.internal.time.Time;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link PublicClient}. Not thread-safe. Every method refuses nonsense at once with an
 * {@link IllegalArgumentException}, and null with a {@link NullPointerException}.
 */
public final class PublicClientBuilder {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final int LONGEST_CLIENT_ID = 512;

  private final Set<String> scopes = new LinkedHashSet<>();
  private final Set<String> capabilities = new LinkedHashSet<>();
  private @Nullable AuthorizationServer server;
  private @Nullable String clientId;
  private @Nullable TokenStore store;
  private @Nullable HttpClient httpClient;
  private @Nullable Executor executor;
  private Executor callbacks = DaemonPools.callbacks();
  private boolean refreshWanted = true;
  private SessionListener listener = new SessionListener() {};
  private Duration requestTimeout = Duration.ofSeconds(30);
  private Duration leaseTimeout = Duration.ofSeconds(60);
  private Time time = Time.system();

  PublicClientBuilder() {}

  /**
   * The server to sign in at. Required.
   *
   * @param authorizationServer Entra, or any server that speaks RFC 8628
   * @return this
   */
  public PublicClientBuilder authorizationServer(AuthorizationServer authorizationServer) {
    this.server = Objects.requireNonNull(authorizationServer, "authorizationServer");
    return this;
  }

  /**
   * The client id that the application is registered with. Required.
   *
   * @param id 1 to 512 characters of visible ASCII
   * @return this
   * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-2.2">RFC 6749 §2.2</a>
   */
  public PublicClientBuilder clientId(String id) {
    if (!id.matches("[!-~]{1," + LONGEST_CLIENT_ID + "}")) {
      throw new IllegalArgumentException("clientId must be 1 to 512 visible ASCII characters");
    }
    this.clientId = id;
    return this;
  }

  /**
   * Adds scopes to ask for. {@code openid}, {@code profile} and {@code offline_access} need not be
   * named: they are added.
   *
   * @param more scopes, each string one or several separated by spaces
   * @return this
   * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.3">RFC 6749 §3.3</a>
   */
  public PublicClientBuilder scopes(String... more) {
    scopes.addAll(Scopes.of(Arrays.asList(more)));
    return this;
  }

  /**
   * Does not ask for a refresh token: the session ends with its first access token.
   *
   * @return this
   */
  public PublicClientBuilder withoutRefresh() {
    refreshWanted = false;
    return this;
  }

  /**
   * Declares what the application can handle: {@code cp1} tells Entra that it answers claims
   * challenges, and gives it longer-lived tokens. None by default.
   *
   * @param more capabilities
   * @return this
   */
  public PublicClientBuilder clientCapabilities(String... more) {
    List<String> added = Arrays.asList(more);
    if (added.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("a client capability is blank");
    }
    capabilities.addAll(added);
    return this;
  }

  /**
   * Where sessions are kept. By default in memory, for the life of this client.
   *
   * @param tokenStore a store; share one among the clients of a program, and close it yourself
   * @return this
   */
  public PublicClientBuilder tokenStore(TokenStore tokenStore) {
    // Null is no wish for the default: sessions would silently not outlive the process.
    this.store = Objects.requireNonNull(tokenStore, "tokenStore");
    return this;
  }

  /**
   * The application's own HTTP client, with its proxy, TLS and authenticator. By default one is
   * made for the first request.
   *
   * @param client one that follows no redirects: a token endpoint never sends any, and what it is
   *     sent must not go elsewhere
   * @return this
   */
  public PublicClientBuilder httpClient(HttpClient client) {
    this.httpClient = Redirects.requireNone(client);
    return this;
  }

  /**
   * The application's own threads for what blocks: token store and locks. By default up to 32
   * daemon threads that all clients share. Listener and results come on other threads.
   *
   * @param workers runs tasks that block for up to the lease and request time limits; not the
   *     executor of the HTTP client, nor the user interface's thread, nor a bounded pool from which
   *     this client is called: a caller would hold the thread that it waits for
   * @return this
   */
  public PublicClientBuilder executor(Executor workers) {
    this.executor = Objects.requireNonNull(workers, "workers");
    return this;
  }

  /**
   * Hears what happens to sessions.
   *
   * @param sessionListener the listener
   * @return this
   */
  public PublicClientBuilder listener(SessionListener sessionListener) {
    this.listener = Objects.requireNonNull(sessionListener, "sessionListener");
    return this;
  }

  /**
   * How long one HTTP exchange may take, body and all. By default 30 seconds.
   *
   * @param limit more than zero, at most an hour
   * @return this
   */
  public PublicClientBuilder requestTimeout(Duration limit) {
    this.requestTimeout = checked(limit, "requestTimeout");
    return this;
  }

  /**
   * How long a call waits at most, altogether, while others refresh the same session: other scope
   * sets, other clients, other processes. Its own requests come on top, each within {@link
   * #requestTimeout}; once they have taken so long, the lease is tried once more. By default a
   * minute.
   *
   * @param limit more than zero, at most an hour
   * @return this
   */
  public PublicClientBuilder leaseTimeout(Duration limit) {
    this.leaseTimeout = checked(limit, "leaseTimeout");
    return this;
  }

  PublicClientBuilder callbacks(Executor other) {
    this.callbacks = other;
    return this;
  }

  PublicClientBuilder time(Time other) {
    this.time = other;
    return this;
  }

  /**
   * Makes the client. Makes no request and opens nothing.
   *
   * @return the client
   * @throws IllegalStateException if the authorization server or the client id is missing
   */
  public PublicClient build() {
    if (server == null || clientId == null) {
      throw new IllegalStateException("authorizationServer and clientId are required");
    }
    return new PublicClient(
        new ClientConfig(
            server.endpoints(),
            clientId,
            Scopes.withIdentity(scopes, refreshWanted),
            refreshWanted,
            Set.copyOf(capabilities),
            store == null ? new MemoryTokenStore() : store,
            new FirstUse(httpClient, requestTimeout, time),
            executor == null ? DaemonPools.shared() : executor,
            callbacks,
            listener,
            leaseTimeout,
            time,
            new ServerClock(time)));
  }

  private static Duration checked(Duration limit, String name) {
    if (limit.isNegative() || limit.isZero() || limit.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(name + " must be more than zero, at most an hour");
    }
    return limit;
  }

  /** Makes the exchange when it is first used: an {@code HttpClient} costs half a second. */
  private static final class FirstUse implements Supplier<Exchange> {

    private final @Nullable HttpClient given;
    private final Duration timeout;
    private final Time time;
    private volatile @Nullable Exchange made;

    FirstUse(@Nullable HttpClient given, Duration timeout, Time time) {
      this.given = given;
      this.timeout = timeout;
      this.time = time;
    }

    @Override
    public Exchange get() {
      Exchange exchange = made;
      if (exchange == null) {
        synchronized (this) {
          exchange = made;
          if (exchange == null) {
            exchange = new Exchange(given == null ? client() : given, timeout, time);
            made = exchange;
          }
        }
      }
      return exchange;
    }

    private static HttpClient client() {
      return HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          .executor(DaemonPools.exchanges())
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
    }
  }
}
