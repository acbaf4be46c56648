package dev.latchkey.examples.adapter;

import dev.latchkey.ExchangeListener;
import dev.latchkey.HttpExchange;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;

/**
 * Times the exchanges of a client with Micrometer, by kind, host, status and whether the library
 * repeated the request: {@code builder.exchangeListener(new MicrometerExchanges(registry))}.
 */
public record MicrometerExchanges(MeterRegistry registry) implements ExchangeListener {

  @Override
  public void ended(HttpExchange exchange) {
    Integer status = exchange.status();
    Timer.builder("latchkey.exchanges")
        .description("HTTP exchanges with the authorization server and with Graph")
        .tag("kind", exchange.kind().name().toLowerCase(Locale.ROOT))
        .tag("host", exchange.host())
        .tag("status", status == null ? "none" : status.toString())
        .tag("repeated", Boolean.toString(exchange.attempt() > 1))
        .register(registry)
        .record(exchange.duration());
  }
}
