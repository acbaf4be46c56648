package dev.latchkey.internal.metadata;

import dev.latchkey.internal.concurrent.Futures;
import dev.latchkey.internal.oauth.Exchange;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The endpoints of a server that publishes its metadata. */
public final class DiscoveredEndpoints implements ServerEndpoints {

  private final URI issuer;
  private final AtomicReference<@Nullable CompletableFuture<Metadata>> found =
      new AtomicReference<>();

  public DiscoveredEndpoints(URI issuer) {
    this.issuer = issuer;
  }

  @Override
  public String id() {
    return issuer.toString();
  }

  @Override
  public boolean isEntra() {
    return EntraEndpoints.isAt(issuer);
  }

  @Override
  public CompletableFuture<Metadata> metadata(Exchange exchange) {
    CompletableFuture<Metadata> mine = new CompletableFuture<>();
    CompletableFuture<Metadata> other = found.compareAndExchange(null, mine);
    if (other != null) {
      return other;
    }
    try {
      Futures.then(
          Discovery.discover(exchange, issuer),
          (metadata, failure) -> {
            if (failure != null) {
              failed(mine, failure);
            } else {
              mine.complete(metadata);
            }
          });
    } catch (RuntimeException | Error e) { // such as no memory, or no thread
      failed(mine, e);
    }
    return mine;
  }

  private void failed(CompletableFuture<Metadata> mine, Throwable failure) {
    found.compareAndSet(mine, null); // a later call tries again
    mine.completeExceptionally(failure);
  }
}
