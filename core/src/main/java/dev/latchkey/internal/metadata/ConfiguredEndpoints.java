package dev.latchkey.internal.metadata;

import dev.latchkey.internal.oauth.Exchange;
import java.util.concurrent.CompletableFuture;

/** The endpoints that the application named itself. */
public record ConfiguredEndpoints(Metadata metadata) implements ServerEndpoints {

  @Override
  public String id() {
    String issuer = metadata.issuer();
    return issuer != null ? issuer : metadata.tokenEndpoint().toString();
  }

  @Override
  public boolean isEntra() {
    return EntraEndpoints.isAt(metadata.tokenEndpoint());
  }

  @Override
  public CompletableFuture<Metadata> metadata(Exchange exchange) {
    return CompletableFuture.completedFuture(metadata);
  }
}
