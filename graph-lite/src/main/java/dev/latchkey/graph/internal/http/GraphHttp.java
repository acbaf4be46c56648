package dev.latchkey.graph.internal.http;

import dev.latchkey.internal.http.SecureUri;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends the calls of all endpoints: with a token to the Graph host and without one to any other,
 * again where that is harmless, within the deadline. Blocks; thread-safe.
 */
public final class GraphHttp {

  private static final int MAX_REDIRECT_BYTES = 1 << 14;
  private static final int MAX_CHAINS = 64;

  private final GraphConfig config;
  private final RequestSender sender;

  /** Pages that are followed link by link, by the link that comes next; the oldest first. */
  private final Map<URI, PageChain> chains = new LinkedHashMap<>();

  /** Creates one; nothing is sent. */
  public GraphHttp(GraphConfig config) {
    this.config = config;
    this.sender = new RequestSender(config);
  }

  /** Sends the same calls over the same client, with another number of attempts. */
  public GraphHttp withAttempts(int most) {
    return new GraphHttp(config.withAttempts(most));
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
   * Sends a call and hands over the body, the content of a file, as it arrives; throws like {@link
   * #send}. The caller resumes a body that breaks off.
   */
  public StreamingResponse open(GraphCall call) {
    StreamingResponse head =
        new CallAttempts(config, config.retryPolicy(), sender, call).head(null);
    return head.status() / 100 == 2 ? head.asContent() : head;
  }

  /**
   * Where a redirect leads. Reads and closes the response, so that its connection can serve the
   * next request.
   *
   * @throws dev.latchkey.graph.error.MalformedAnswer as {@link GraphResponse#location}
   */
  public URI location(GraphCall call, StreamingResponse redirect) {
    try (redirect) {
      redirect.readNBytes(MAX_REDIRECT_BYTES);
    } catch (InterruptedIOException e) {
      throw Waits.interrupted(e);
    } catch (IOException e) {
      // Only the head counts.
    }
    return new GraphResponse(call, redirect, null, false).location();
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
   * Notes that one page leads to the next, where the caller follows the links.
   *
   * @return whether the chain of pages that led here goes in a circle
   */
  public synchronized boolean isCircle(URI page, URI next) {
    PageChain chain = chains.remove(page);
    if (chain == null) {
      chain = new PageChain(page);
    }
    if (chain.repeats(page, next)) {
      return true;
    }
    chains.remove(next);
    chains.put(next, chain);
    if (chains.size() > MAX_CHAINS) {
      chains.remove(chains.keySet().iterator().next());
    }
    return false;
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
