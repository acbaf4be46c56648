package dev.latchkey.graph.internal.http;

import dev.latchkey.TokenSource;
import dev.latchkey.internal.http.EnvironmentProxy;
import dev.latchkey.internal.http.ExchangeReports;
import dev.latchkey.internal.http.FirstUse;
import dev.latchkey.internal.http.OwnClient;
import dev.latchkey.internal.time.Time;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a client. Thread-safe.
 *
 * @param tokens asked before every request
 * @param baseUrl the Graph host and version, without a trailing slash
 * @param client supplies a client that follows no redirects
 * @param retryPolicy for single requests
 * @param idleLimit the longest time without a byte in either direction
 * @param totalLimit the longest time of one attempt, but for the content of files
 * @param userAgent the {@code User-Agent} header
 * @param exchanges where the end of each exchange is reported
 * @param time the clock, and every wait between attempts
 * @param networkTime the clock of the two limits: the real one, whatever a test puts in for {@code
 *     time}
 */
public record GraphConfig(
    TokenSource tokens,
    URI baseUrl,
    Supplier<HttpClient> client,
    RetryPolicy retryPolicy,
    Duration idleLimit,
    Duration totalLimit,
    String userAgent,
    ExchangeReports exchanges,
    Time time,
    Time networkTime) {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);

  /** The same configuration with another number of attempts. */
  GraphConfig withAttempts(int most) {
    return new GraphConfig(
        tokens,
        baseUrl,
        client,
        retryPolicy.withAttempts(most),
        idleLimit,
        totalLimit,
        userAgent,
        exchanges,
        time,
        networkTime);
  }

  /**
   * Supplies one client, created on first use.
   *
   * @param proxy null for Java's own settings
   */
  public static Supplier<HttpClient> lazyClient(@Nullable EnvironmentProxy proxy) {
    // Over HTTP/2 the JDK reserves 16 MiB per stream; bodies here are long.
    return new FirstUse<>(
        () -> OwnClient.create(HttpClient.Version.HTTP_1_1, CONNECT_TIMEOUT, null, proxy));
  }
}
