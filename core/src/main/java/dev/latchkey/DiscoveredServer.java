package dev.latchkey;

import dev.latchkey.wire.Discovery;
import dev.latchkey.wire.Exchange;
import dev.latchkey.wire.Metadata;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A server that says itself where its endpoints are. */
final class DiscoveredServer extends AuthorizationServer {

  private final URI issuer;
  private final AtomicReference<@Nullable CompletableFuture<Metadata>> found =
      new AtomicReference<>();

  DiscoveredServer(URI issuer) {
    this.issuer = issuer;
  }

  @Override
  String id() {
    return issuer.toString();
  }

  @Override
  CompletableFuture<Metadata> metadata(Exchange exchange) {
    CompletableFuture<Metadata> mine = new CompletableFuture<>();
    CompletableFuture<Metadata> other = found.compareAndExchange(null, mine);
    if (other != null) {
      return other;
    }
    Futures.then(
        Discovery.discover(exchange, issuer),
        (metadata, failure) -> {
          if (failure != null) {
            found.compareAndSet(mine, null); // a later operation may have better luck
            mine.completeExceptionally(failure);
          } else {
            mine.complete(metadata);
          }
        });
    return mine;
  }
}
