package dev.latchkey.graph.internal.http;

import dev.latchkey.TokenSource;
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
 * @param userAgent the {@code User-Agent} header
 * @param time the clock, and every wait between attempts
 */
public record GraphConfig(
    TokenSource tokens,
    URI baseUrl,
    Supplier<HttpClient> client,
    RetryPolicy retryPolicy,
    Duration idleLimit,
    String userAgent,
    Time time) {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);

  /** Supplies one client, created on first use: an {@code HttpClient} costs half a second. */
  public static Supplier<HttpClient> lazyClient() {
    return new Supplier<>() {
      private @Nullable HttpClient client;

      @Override
      public synchronized HttpClient get() {
        if (client == null) {
          client =
              HttpClient.newBuilder()
                  // Over HTTP/2 the JDK reserves 16 MiB per stream; bodies here are long.
                  .version(HttpClient.Version.HTTP_1_1)
                  .connectTimeout(CONNECT_TIMEOUT)
                  .followRedirects(HttpClient.Redirect.NEVER)
                  .build();
        }
        return client;
      }
    };
  }
}
