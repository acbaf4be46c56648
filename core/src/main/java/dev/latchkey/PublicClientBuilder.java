package dev.latchkey;

import dev.latchkey.internal.concurrent.DaemonPools;
import dev.latchkey.internal.http.EnvironmentProxy;
import dev.latchkey.internal.http.ExchangeReports;
import dev.latchkey.internal.http.FirstUse;
import dev.latchkey.internal.http.OwnClient;
import dev.latchkey.internal.http.Redirects;
import dev.latchkey.internal.http.UserAgent;
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
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link PublicClient}. Not thread-safe. Every method rejects invalid values with an
 * {@link IllegalArgumentException} and null with a {@link NullPointerException}.
 */
public final class PublicClientBuilder {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final int MAX_CLIENT_ID_LENGTH = 512;

  private final Set<String> scopes = new LinkedHashSet<>();
  private final Set<String> capabilities = new LinkedHashSet<>();
  private @Nullable AuthorizationServer server;
  private @Nullable String clientId;
  private @Nullable TokenStore store;
  private @Nullable HttpClient httpClient;
  private @Nullable EnvironmentProxy proxy;
  private @Nullable Executor executor;
  private String userAgent = UserAgent.product("latchkey", PublicClientBuilder.class);
  private Executor callbacks = DaemonPools.CALLBACKS;
  private boolean refreshWanted = true;
  private boolean exactScopes;
  private SessionListener listener = new SessionListener() {};
  private @Nullable ExchangeListener exchangeListener;
  private Duration requestTimeout = Duration.ofSeconds(30);
  private Duration leaseTimeout = Duration.ofSeconds(60);
  private LoopbackRedirect redirect = LoopbackRedirect.DEFAULT;
  private Time time = Time.system();

  PublicClientBuilder() {}

  /**
   * Sets the authorization server. Required.
   *
   * @param authorizationServer Entra, or any server that implements RFC 8628
   * @return this
   */
  public PublicClientBuilder authorizationServer(AuthorizationServer authorizationServer) {
    this.server = Objects.requireNonNull(authorizationServer, "authorizationServer");
    return this;
  }

  /**
   * Sets the client id that the application is registered with. Required.
   *
   * @param id 1 to 512 characters of visible ASCII
   * @return this
   * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-2.2">RFC 6749 §2.2</a>
   */
  public PublicClientBuilder clientId(String id) {
    if (!id.matches("[!-~]{1," + MAX_CLIENT_ID_LENGTH + "}")) {
      throw new IllegalArgumentException("clientId must be 1 to 512 visible ASCII characters");
    }
    this.clientId = id;
    return this;
  }

  /**
   * Adds scopes to request. {@code openid}, {@code profile} and {@code offline_access} are added,
   * unless {@link #exactScopes()} forbids it.
   *
   * @param more scopes; each string holds one or several, separated by spaces
   * @return this
   * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.3">RFC 6749 §3.3</a>
   */
  public PublicClientBuilder scopes(String... more) {
    scopes.addAll(Scopes.of(Arrays.asList(more)));
    return this;
  }

  /**
   * Requests no refresh token: the session ends with its first access token.
   *
   * @return this
   */
  public PublicClientBuilder withoutRefresh() {
    refreshWanted = false;
    return this;
  }

  /**
   * Requests exactly the scopes that the application names, here and in {@link
   * PublicClient#tokens(Account, java.util.Collection)} and {@link SignInOptions#withScopes}:
   * {@code openid}, {@code profile} and {@code offline_access} are not added. For servers that
   * refuse them with the device grant, such as Spring Authorization Server ({@code openid}). If no
   * scope is named, none is sent, and the server decides.
   *
   * <p>Without {@code openid} there is no ID token, and nothing says who signed in: the {@link
   * Account} has neither subject nor name. A sign-in is then for the account that {@link
   * SignInOptions#withAccountId} names, as {@link PublicClient#beginSignIn(
   * dev.latchkey.error.SignInRequired)} does, and otherwise for a new account beside the old one.
   * Whoever the person at the browser is, the program answers for it.
   *
   * @return this
   */
  public PublicClientBuilder exactScopes() {
    exactScopes = true;
    return this;
  }

  /**
   * Declares what the application can handle. {@code cp1} tells Entra that the application answers
   * claims challenges; Entra then issues tokens with a longer lifetime. None by default.
   *
   * @param more the capabilities to add
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
   * Sets where sessions are kept. By default in memory, for the life of this client.
   *
   * @param tokenStore a store; the clients of a program may share it. The application closes it
   * @return this
   */
  public PublicClientBuilder tokenStore(TokenStore tokenStore) {
    // Null is rejected: falling back to memory would lose sessions at exit.
    this.store = Objects.requireNonNull(tokenStore, "tokenStore");
    return this;
  }

  /**
   * Sets the application's own HTTP client, with its proxy, TLS and authenticator settings. By
   * default, the first request creates one.
   *
   * @param client a client that follows no redirects, because tokens must not be sent elsewhere
   * @return this
   */
  public PublicClientBuilder httpClient(HttpClient client) {
    this.httpClient = Redirects.requireNone(client);
    this.proxy = null;
    return this;
  }

  /**
   * Obeys {@code HTTPS_PROXY} and {@code NO_PROXY}, which Java does not look at by itself. A proxy
   * is {@code http://[USER:PASSWORD@]HOST[:PORT]}; {@code NO_PROXY} names the hosts that are
   * reached without it: domains with all below them, addresses, ranges such as {@code 10.0.0.0/8},
   * or {@code *} for all, separated by commas. Names in lower case count more. This machine is
   * reached without a proxy, and {@code HTTP_PROXY} has no effect, because nothing else is reached
   * over plain http. Where the variables name no proxy, Java's own settings apply, such as {@code
   * https.proxyHost}.
   *
   * <p>The user name and the password are sent with the scheme {@code Basic} and logged nowhere.
   * The JDK sends them for https only if the system property {@code
   * jdk.http.auth.tunneling.disabledSchemes} is set to nothing before the program's first request.
   *
   * <p>Replaces a client that was given to {@link #httpClient}, and is replaced by a later one.
   *
   * @param variables usually {@code System.getenv()}
   * @return this
   * @throws IllegalArgumentException if {@code HTTPS_PROXY} is invalid
   */
  public PublicClientBuilder proxyFromEnvironment(Map<String, String> variables) {
    this.proxy = EnvironmentProxy.of(variables);
    this.httpClient = null;
    return this;
  }

  /**
   * Identifies the application to the authorization server, in front of the library's own name:
   * {@code MyApp/1.0 latchkey/0.1.0}. By default the library names only itself.
   *
   * @param application the application's part of the {@code User-Agent} header, such as {@code
   *     MyApp/1.0}
   * @return this
   * @throws IllegalArgumentException if it is blank or contains anything but printable ASCII
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.1.5">RFC 9110 §10.1.5</a>
   */
  public PublicClientBuilder userAgent(String application) {
    String library = UserAgent.product("latchkey", PublicClientBuilder.class);
    this.userAgent = UserAgent.of(application, library);
    return this;
  }

  /**
   * Sets the application's own threads for blocking calls of the token store and of locks. By
   * default up to 32 daemon threads that all clients share. No refresh holds one while it waits for
   * the server. The listener is called, what the server answered to a refresh is stored, and
   * results are completed, on other threads, which are the library's.
   *
   * @param workers runs tasks that block for up to the lease timeout, and a sign-out for the
   *     request timeout. It must not be the executor of the HTTP client, the thread of the user
   *     interface, or a bounded pool from which this client is called: a caller would hold the
   *     thread that it waits for. If it rejects the task that stores a sign-in, the thread that
   *     received the response stores it
   * @return this
   */
  public PublicClientBuilder executor(Executor workers) {
    this.executor = Objects.requireNonNull(workers, "workers");
    return this;
  }

  /**
   * Sets the listener for events of sessions.
   *
   * @param sessionListener the listener
   * @return this
   */
  public PublicClientBuilder listener(SessionListener sessionListener) {
    this.listener = Objects.requireNonNull(sessionListener, "sessionListener");
    return this;
  }

  /**
   * Sets the listener that is told of every HTTP exchange with the authorization server: for
   * metrics. None by default.
   *
   * @param httpListener the listener; several clients may share it
   * @return this
   */
  public PublicClientBuilder exchangeListener(ExchangeListener httpListener) {
    this.exchangeListener = Objects.requireNonNull(httpListener, "httpListener");
    return this;
  }

  /**
   * Sets how long one HTTP exchange may take, the body included. By default 30 seconds.
   *
   * @param limit more than zero, at most an hour
   * @return this
   */
  public PublicClientBuilder requestTimeout(Duration limit) {
    this.requestTimeout = checked(limit, "requestTimeout");
    return this;
  }

  /**
   * Sets how long a call waits in total while other scope sets, clients or processes refresh the
   * same session. Its own requests take additional time, each up to {@link #requestTimeout}. After
   * the timeout the lease is tried once more. By default one minute.
   *
   * @param limit more than zero, at most an hour
   * @return this
   */
  public PublicClientBuilder leaseTimeout(Duration limit) {
    this.leaseTimeout = checked(limit, "leaseTimeout");
    return this;
  }

  /**
   * Sets how sign-ins in a browser come back: see {@link PublicClient#beginBrowserSignIn()}. By
   * default to any free port on loopback.
   *
   * @param loopbackRedirect as it is registered for the client at the server
   * @return this
   */
  public PublicClientBuilder loopbackRedirect(LoopbackRedirect loopbackRedirect) {
    this.redirect = Objects.requireNonNull(loopbackRedirect, "loopbackRedirect");
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
   * Creates the client. Sends no request and opens nothing.
   *
   * @return the client
   * @throws IllegalStateException if the authorization server or the client id is not set
   */
  public PublicClient build() {
    if (server == null || clientId == null) {
      throw new IllegalStateException("authorizationServer and clientId are required");
    }
    return new PublicClient(
        new ClientConfig(
            server.endpoints(),
            clientId,
            exactScopes
                ? Collections.unmodifiableSet(new LinkedHashSet<>(scopes))
                : Scopes.withIdentity(scopes, refreshWanted),
            refreshWanted,
            exactScopes,
            Set.copyOf(capabilities),
            store == null ? new MemoryTokenStore() : store,
            exchange(httpClient, proxy, requestTimeout, time, userAgent, reports()),
            executor == null ? DaemonPools.WORKERS : executor,
            callbacks,
            listener,
            leaseTimeout,
            redirect,
            time,
            new ServerClock(time)));
  }

  private ExchangeReports reports() {
    return exchangeListener == null
        ? ExchangeReports.NONE
        : ExchangeReports.to(exchangeListener, callbacks);
  }

  private static Duration checked(Duration limit, String name) {
    if (limit.isNegative() || limit.isZero() || limit.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(name + " must be more than zero, at most an hour");
    }
    return limit;
  }

  private static Supplier<Exchange> exchange(
      @Nullable HttpClient given,
      @Nullable EnvironmentProxy proxy,
      Duration timeout,
      Time time,
      String userAgent,
      ExchangeReports reports) {
    return new FirstUse<>(
        () ->
            new Exchange(given == null ? client(proxy) : given, timeout, time, userAgent, reports));
  }

  private static HttpClient client(@Nullable EnvironmentProxy proxy) {
    return OwnClient.create(
        HttpClient.Version.HTTP_2, CONNECT_TIMEOUT, DaemonPools.EXCHANGES, proxy);
  }
}
