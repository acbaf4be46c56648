package dev.latchkey.graph.internal.http;

import dev.latchkey.internal.http.SecureUri;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends the calls of all endpoints: with a token to the Graph host and without one to any other,
 * again where that is harmless, within the deadline. Blocks; thread-safe.
 */
public final class GraphHttp {

  private final GraphConfig config;
  private final RequestSender sender;

  /** Creates one; nothing is sent. */
  public GraphHttp(GraphConfig config) {
    this.config = config;
    this.sender = new RequestSender(config);
  }

  /**
   * Sends a call and reads the whole response.
   *
   * @throws dev.latchkey.graph.error.GraphException if Graph refuses or does not respond
   * @throws dev.latchkey.error.LatchkeyException if no token is available; {@link
   *     dev.latchkey.error.SignInRequired} if Graph demands claims that no refresh satisfies
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public GraphResponse send(GraphCall call) {
    return new CallAttempts(config, config.retryPolicy(), sender, call).whole(null);
  }

  /**
   * Sends a call like {@link #send} but leaves retries to the caller: a transient failure is thrown
   * at once. A rejected token is still replaced.
   */
  public GraphResponse sendOnce(GraphCall call) {
    return sendOnce(call, null);
  }

  /**
   * Sends a call once, and runs something as the last step before the request leaves.
   *
   * @param beforeSend run when the token is at hand, and again before another attempt with a new
   *     token; an exception that it throws ends the call
   */
  public GraphResponse sendOnce(GraphCall call, @Nullable Runnable beforeSend) {
    return new CallAttempts(config, config.retryPolicy().once(), sender, call).whole(beforeSend);
  }

  /**
   * Sends a call and hands over the body as it arrives; throws like {@link #send}. The caller
   * resumes a body that breaks off.
   */
  public StreamingResponse open(GraphCall call) {
    return new CallAttempts(config, config.retryPolicy(), sender, call).head(null);
  }

  /** The URI of a path beneath the base URL. */
  public URI uri(GraphPath path) {
    return URI.create(config.baseUrl() + path.text());
  }

  /**
   * The URI of a link that Graph returned, to be followed with a token.
   *
   * @return null if it leads anywhere but to the Graph host
   */
  public @Nullable URI link(String link) {
    URI target = SecureUri.follow(config.baseUrl(), link);
    return target != null && SecureUri.sameOrigin(config.baseUrl(), target) ? target : null;
  }

  /**
   * The URI of a link that Graph returned, to be followed without a token.
   *
   * @return null if it is neither https nor http on loopback, or http after https
   */
  public @Nullable URI elsewhere(String link) {
    return SecureUri.follow(config.baseUrl(), link);
  }

  /**
   * Waits between the steps of an operation of several requests.
   *
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public void pause(Duration duration) {
    Waits.pause(config.time(), duration);
  }

  /** The configuration of the client. */
  public GraphConfig config() {
    return config;
  }
}
