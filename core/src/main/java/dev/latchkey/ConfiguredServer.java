package dev.latchkey;

import dev.latchkey.wire.Exchange;
import dev.latchkey.wire.Metadata;
import java.util.concurrent.CompletableFuture;

/** A server whose endpoints the application named. */
final class ConfiguredServer extends AuthorizationServer {

  private final Metadata metadata;

  ConfiguredServer(Metadata metadata) {
    this.metadata = metadata;
  }

  @Override
  String id() {
    String issuer = metadata.issuer();
    return issuer != null ? issuer : metadata.tokenEndpoint().toString();
  }

  @Override
  CompletableFuture<Metadata> metadata(Exchange exchange) {
    return CompletableFuture.completedFuture(metadata);
  }
}
