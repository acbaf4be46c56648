package dev.latchkey.graph.http;

import dev.latchkey.TokenSource;
import dev.latchkey.internal.time.Time;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a client was built with. Thread-safe. Not final: tests make a client that takes its time.
 */
public class Settings {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);

  private final TokenSource tokens;
  private final URI baseUrl;
  private final Duration deadline;
  private final int attempts;
  private final Duration idleLimit;
  private final String userAgent;
  private final Time time;
  private @Nullable HttpClient client;

  /**
   * Creates them.
   *
   * @param tokens asked before every request
   * @param baseUrl Graph and its version, without a slash at the end
   * @param client follows no redirects; null for one of our own
   * @param deadline how long retrying one request may go on
   * @param attempts how often one request is sent at most
   * @param idleLimit how long nothing may come or go
   * @param userAgent the header
   * @param time what waits between attempts
   */
  public Settings(
      TokenSource tokens,
      URI baseUrl,
      @Nullable HttpClient client,
      Duration deadline,
      int attempts,
      Duration idleLimit,
      String userAgent,
      Time time) {
    this.tokens = tokens;
    this.baseUrl = baseUrl;
    this.client = client;
    this.deadline = deadline;
    this.attempts = attempts;
    this.idleLimit = idleLimit;
    this.userAgent = userAgent;
    this.time = time;
  }

  /** Made when it is first used: an {@code HttpClient} costs half a second. */
  public synchronized HttpClient client() {
    HttpClient made = client;
    if (made == null) {
      made =
          HttpClient.newBuilder()
              // Over HTTP/2 the JDK takes 16 MiB in advance for a stream; bodies here are long.
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(CONNECT_TIMEOUT)
              .followRedirects(HttpClient.Redirect.NEVER)
              .build();
      client = made;
    }
    return made;
  }

  /** Asked before every request. */
  public TokenSource tokens() {
    return tokens;
  }

  /** Graph and its version, without a slash at the end. */
  public URI baseUrl() {
    return baseUrl;
  }

  /** How long retrying one request may go on. */
  public Duration deadline() {
    return deadline;
  }

  /** How often one request is sent at most. */
  public int attempts() {
    return attempts;
  }

  /** How long nothing may come or go. */
  public Duration idleLimit() {
    return idleLimit;
  }

  /** The header. */
  public String userAgent() {
    return userAgent;
  }

  /** What tells the time, and waits between attempts. */
  public Time time() {
    return time;
  }
}
