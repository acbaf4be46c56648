package dev.latchkey.graph.http;

import dev.latchkey.internal.http.SecureUri;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Sends the calls of all endpoints: with a token to the Graph host and without one to any other,
 * again where that is harmless, within the deadline. Blocks; thread-safe.
 */
public final class GraphHttp {

  private final Settings settings;
  private final Exchange exchange;

  /** Creates one; nothing is sent. */
  public GraphHttp(Settings settings) {
    this.settings = settings;
    this.exchange = new Exchange(settings);
  }

  /**
   * Sends a call and reads the whole answer.
   *
   * @throws dev.latchkey.graph.error.GraphException if Graph refuses or does not answer
   * @throws dev.latchkey.error.LatchkeyException if there is no token to be had; {@link
   *     dev.latchkey.error.SignInRequired} if Graph wants claims that no refresh brings
   * @throws java.util.concurrent.CancellationException if the thread is interrupted meanwhile
   */
  public Answer send(Call call) {
    return new Delivery(settings, settings.attempts(), exchange, call).whole(null);
  }

  /**
   * Sends a call as {@link #send}, but leaves it to the caller to send it again after a failure:
   * what passes by itself is thrown at once. A refused token is still replaced.
   */
  public Answer sendOnce(Call call) {
    return sendOnce(call, null);
  }

  /**
   * The same, with something to do with the token in hand, when nothing is left to wait for.
   *
   * @param departing done before the request leaves, and again before it does so with another
   *     token; what it throws ends the call
   */
  public Answer sendOnce(Call call, @Nullable Runnable departing) {
    return new Delivery(settings, 1, exchange, call).whole(departing);
  }

  /**
   * Sends a call and hands over the body as it arrives; throws as {@link #send}. What breaks off
   * after the head is the caller's to resume.
   */
  public Incoming open(Call call) {
    return new Delivery(settings, settings.attempts(), exchange, call).head(null);
  }

  /** The URI of a route beneath the base URL. */
  public URI uri(Route route) {
    return URI.create(settings.baseUrl() + route.text());
  }

  /**
   * The URI of a link that Graph handed out, to be followed with a token.
   *
   * @return null if it leads anywhere but to the Graph host
   */
  public @Nullable URI link(String link) {
    URI target = SecureUri.follow(settings.baseUrl(), link);
    return target != null && SecureUri.sameOrigin(settings.baseUrl(), target) ? target : null;
  }

  /**
   * The URI of a link that Graph handed out, to be followed without a token.
   *
   * @return null if it is neither https nor http on loopback, or http after https
   */
  public @Nullable URI elsewhere(String link) {
    return SecureUri.follow(settings.baseUrl(), link);
  }

  /** The end of a wait by an interrupt, the flag set again. */
  public static CancellationException interrupted(Exception cause) {
    Thread.currentThread().interrupt();
    CancellationException cancelled = new CancellationException("interrupted while waiting");
    cancelled.initCause(cause);
    return cancelled;
  }

  /**
   * Waits between steps of an operation of several requests.
   *
   * @throws java.util.concurrent.CancellationException if the thread is interrupted meanwhile
   */
  public void pause(Duration wait) {
    await(settings.time().after(wait));
  }

  /** What the client was built with. */
  public Settings settings() {
    return settings;
  }

  static void await(Future<?> wait) {
    try {
      wait.get();
    } catch (InterruptedException e) {
      wait.cancel(true);
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a wait failed", e.getCause());
    }
  }
}
