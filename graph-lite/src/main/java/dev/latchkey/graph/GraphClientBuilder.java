package dev.latchkey.graph;

import dev.latchkey.Entra;
import dev.latchkey.ExchangeListener;
import dev.latchkey.TokenSource;
import dev.latchkey.graph.internal.http.GraphConfig;
import dev.latchkey.graph.internal.http.RetryPolicy;
import dev.latchkey.internal.http.EnvironmentProxy;
import dev.latchkey.internal.http.ExchangeReports;
import dev.latchkey.internal.http.Redirects;
import dev.latchkey.internal.http.SecureUri;
import dev.latchkey.internal.http.UserAgent;
import dev.latchkey.internal.time.Time;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Configures a {@link GraphClient}. Not thread-safe; an invalid value is rejected at once. */
public final class GraphClientBuilder {

  private static final Map<Entra.Cloud, String> HOSTS =
      Map.of(
          Entra.Cloud.GLOBAL, "graph.microsoft.com",
          Entra.Cloud.US_GOV, "graph.microsoft.us",
          Entra.Cloud.CHINA, "microsoftgraph.chinacloudapi.cn");
  private static final Duration MAX_LIMIT = Duration.ofHours(24);

  private final TokenSource tokens;
  private URI baseUrl = of(Entra.Cloud.GLOBAL);
  private Supplier<HttpClient> client = GraphConfig.lazyClient(null);
  private Duration deadline = Duration.ofMinutes(2);
  private int retries = 5;
  private Duration idleTimeout = Duration.ofSeconds(60);
  private Duration requestTimeout = Duration.ofMinutes(2);
  private String userAgent = UserAgent.product("latchkey-graph-lite", GraphClientBuilder.class);
  private ExchangeReports exchanges = ExchangeReports.NONE;
  private Time time = Time.system();
  private Time networkTime = Time.system();

  GraphClientBuilder(TokenSource tokens) {
    this.tokens = tokens;
  }

  /**
   * Uses the Graph endpoint of a national cloud: {@code graph.microsoft.com} (the default), {@code
   * graph.microsoft.us} or {@code microsoftgraph.chinacloudapi.cn}.
   *
   * @param cloud the tenant's cloud
   * @return this
   */
  public GraphClientBuilder cloud(Entra.Cloud cloud) {
    baseUrl = of(cloud);
    return this;
  }

  /**
   * Uses another base URL, such as {@code https://dod-graph.microsoft.us/v1.0}. Access tokens go to
   * its scheme, host and port and nowhere else.
   *
   * @param url https, or http on loopback, with the version
   * @return this
   * @throws IllegalArgumentException if it is neither, or has a query or a fragment
   */
  public GraphClientBuilder baseUrl(URI url) {
    SecureUri.check(url);
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException("the base URL must have no query and no fragment");
    }
    baseUrl = URI.create(url.toString().replaceFirst("/+$", ""));
    return this;
  }

  /**
   * Uses the application's own HTTP client, for its proxy, TLS or executor.
   *
   * @param client must not follow redirects
   * @return this
   * @throws IllegalArgumentException if it follows redirects: the token would go with them
   */
  public GraphClientBuilder httpClient(HttpClient client) {
    HttpClient checked = Redirects.requireNone(client);
    this.client = () -> checked;
    return this;
  }

  /**
   * Obeys {@code HTTPS_PROXY} and {@code NO_PROXY}, as {@link
   * dev.latchkey.PublicClientBuilder#proxyFromEnvironment} does. Replaces a client that was given
   * to {@link #httpClient}, and is replaced by a later one.
   *
   * @param variables usually {@code System.getenv()}
   * @return this
   * @throws IllegalArgumentException if {@code HTTPS_PROXY} is invalid
   */
  public GraphClientBuilder proxyFromEnvironment(Map<String, String> variables) {
    client = GraphConfig.lazyClient(EnvironmentProxy.of(variables));
    return this;
  }

  /**
   * Limits how long one request is retried, pauses included. A {@code Retry-After} that ends later
   * is not waited for; others are waited for longer, so that many programs do not come back at
   * once: for at most twice as long, at most a minute more, and at most an eighth of what would be
   * left of this limit. An attempt in progress is not cut off: its limits are the {@linkplain
   * #idleTimeout idle timeout} and the {@linkplain #requestTimeout request timeout}.
   *
   * @param limit 0 to 24 hours; the default is 2 minutes
   * @return this
   * @throws IllegalArgumentException if it is out of range
   */
  public GraphClientBuilder deadline(Duration limit) {
    if (limit.isNegative() || limit.compareTo(MAX_LIMIT) > 0) {
      throw new IllegalArgumentException("the deadline must be 0 to 24 hours");
    }
    deadline = limit;
    return this;
  }

  /**
   * Limits how often one request is sent again.
   *
   * @param limit 0 to 100; the default is 5
   * @return this
   * @throws IllegalArgumentException if it is out of range
   */
  public GraphClientBuilder retries(int limit) {
    checkRetries(limit);
    retries = limit;
    return this;
  }

  static void checkRetries(int limit) {
    if (limit < 0 || limit > 100) {
      throw new IllegalArgumentException("the retries must be 0 to 100");
    }
  }

  /**
   * Limits how long a request may go without a byte in either direction before it counts as broken.
   * The content of a file counts as broken, too, if less than 1 KiB a second comes during this
   * time; the transfer then resumes.
   *
   * @param limit above 0, at most 24 hours; the default is 60 seconds
   * @return this
   * @throws IllegalArgumentException if it is out of range
   */
  public GraphClientBuilder idleTimeout(Duration limit) {
    idleTimeout = positive("idle timeout", limit);
    return this;
  }

  /**
   * Limits how long one attempt of a request may take, from its start to the last byte of its
   * response. The content of a file may take any time: for an upload this limit begins when the
   * last byte has left, and for a download it ends when the first one has come.
   *
   * @param limit above 0, at most 24 hours; the default is 2 minutes
   * @return this
   * @throws IllegalArgumentException if it is out of range
   */
  public GraphClientBuilder requestTimeout(Duration limit) {
    requestTimeout = positive("request timeout", limit);
    return this;
  }

  private static Duration positive(String name, Duration limit) {
    if (limit.isNegative() || limit.isZero() || limit.compareTo(MAX_LIMIT) > 0) {
      throw new IllegalArgumentException("the " + name + " must be above 0, at most 24 hours");
    }
    return limit;
  }

  /**
   * Identifies the application to Graph, in front of the library's own name: {@code MyApp/1.0
   * latchkey-graph-lite/0.1.0}. By default the library names only itself.
   *
   * @param application the application's part of the {@code User-Agent} header, such as {@code
   *     MyApp/1.0}
   * @return this
   * @throws IllegalArgumentException if it is blank or contains anything but printable ASCII
   */
  public GraphClientBuilder userAgent(String application) {
    String library = UserAgent.product("latchkey-graph-lite", GraphClientBuilder.class);
    userAgent = UserAgent.of(application, library);
    return this;
  }

  /**
   * Sets the listener that is told of every HTTP exchange with Graph and with the hosts that hold
   * content of files: for metrics. None by default.
   *
   * @param httpListener the listener; several clients may share it
   * @return this
   */
  public GraphClientBuilder exchangeListener(ExchangeListener httpListener) {
    exchanges = ExchangeReports.to(Objects.requireNonNull(httpListener, "httpListener"));
    return this;
  }

  GraphClientBuilder time(Time other) {
    time = other;
    return this;
  }

  GraphClientBuilder networkTime(Time other) {
    networkTime = other;
    return this;
  }

  /**
   * Creates the client; nothing is sent.
   *
   * @return the client
   */
  public GraphClient build() {
    return new GraphClient(
        new GraphConfig(
            tokens,
            baseUrl,
            client,
            RetryPolicy.of(retries + 1, deadline),
            idleTimeout,
            requestTimeout,
            userAgent,
            exchanges,
            time,
            networkTime));
  }

  private static URI of(Entra.Cloud cloud) {
    return URI.create("https://" + HOSTS.get(cloud) + "/v1.0");
  }
}
