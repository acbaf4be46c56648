package dev.latchkey;

/**
 * Is told of every HTTP exchange of a client when it has ended: for metrics. It learns what kind of
 * exchange it was, with which host, how it ended and how long it took, and never what was in it.
 *
 * <p>The listener is called on a daemon thread of the library, for one exchange after another of
 * each client, a little after the exchange. It may block, and nobody waits for it: while a thousand
 * exchanges wait for a slow listener, it is not told of further ones, which is logged at WARN. What
 * it throws is logged and otherwise ignored.
 *
 * <p>{@code MicrometerExchanges}, among the adapters of the examples, fills timers of Micrometer.
 *
 * <pre>{@code
 * ExchangeListener slow = exchange -> {
 *   if (exchange.duration().toSeconds() > 5) {
 *     System.out.println(exchange.kind() + " at " + exchange.host() + " took " + exchange.duration());
 *   }
 * };
 * }</pre>
 *
 * @see PublicClientBuilder#exchangeListener
 */
@FunctionalInterface
public interface ExchangeListener {

  /**
   * An exchange has ended.
   *
   * @param exchange how it ended
   */
  void ended(HttpExchange exchange);
}
