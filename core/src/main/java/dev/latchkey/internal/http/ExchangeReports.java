package dev.latchkey.internal.http;

import dev.latchkey.ExchangeListener;
import dev.latchkey.HttpExchange;
import dev.latchkey.internal.concurrent.DaemonPools;
import dev.latchkey.internal.concurrent.ListenerQueue;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the exchanges of one client to the application's listener, without waiting for it.
 * Thread-safe.
 */
public final class ExchangeReports {

  private static final Logger log = LoggerFactory.getLogger(ExchangeReports.class);

  /** Reports nothing. */
  public static final ExchangeReports NONE = new ExchangeReports(null);

  /** More may not wait for a slow listener. */
  static final int MAX_WAITING = 1000;

  /**
   * Tells the queue. Other modules see this class, and JDK 25 would look for the annotations of the
   * queue's in vain there.
   */
  private final @Nullable Consumer<Consumer<ExchangeListener>> queue;

  private ExchangeReports(@Nullable Consumer<Consumer<ExchangeListener>> queue) {
    this.queue = queue;
  }

  /** Reports to a listener, on a thread of the library. */
  public static ExchangeReports to(ExchangeListener listener) {
    return to(listener, DaemonPools.CALLBACKS);
  }

  /** Reports to a listener on a thread of the executor. */
  public static ExchangeReports to(ExchangeListener listener, Executor callbacks) {
    return new ExchangeReports(new ListenerQueue<>(listener, callbacks, MAX_WAITING)::tell);
  }

  /**
   * Reports one exchange. Does not block, and does not throw: the response matters more.
   *
   * @param status 0 for no response, or one that broke off
   * @param nanos how long it took
   */
  public void report(HttpExchange.Kind kind, URI uri, int status, long nanos, int attempt) {
    if (queue == null) {
      return;
    }
    try {
      queue.accept(ended(kind, uri, status, nanos, attempt));
    } catch (RuntimeException | OutOfMemoryError e) {
      log.debug("an exchange is not reported: {}", e.getClass().getName());
    }
  }

  /** Loads what a report needs, so that no response waits for it. Reports nothing. */
  public void rehearse(URI uri) {
    if (queue != null) {
      var unused = ended(HttpExchange.Kind.REFRESH, uri, 200, 0, 1);
    }
  }

  private static Consumer<ExchangeListener> ended(
      HttpExchange.Kind kind, URI uri, int status, long nanos, int attempt) {
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    HttpExchange exchange =
        new HttpExchange(kind, host, status == 0 ? null : status, Duration.ofNanos(nanos), attempt);
    return listener -> listener.ended(exchange);
  }
}
