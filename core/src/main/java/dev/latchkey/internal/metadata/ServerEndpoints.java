package dev.latchkey.internal.metadata;

import dev.latchkey.internal.oauth.Exchange;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The endpoints of one authorization server, whichever way they are found. Thread-safe. */
public interface ServerEndpoints {

  /** Identifies the server in stored records: a client sees only records of its own server. */
  String id();

  /** The metadata; fetched once at a time, and kept once it is found. */
  CompletableFuture<Metadata> metadata(Exchange exchange);

  /** The endpoint for a sign-in whose texts are to be in this language. */
  default URI deviceAuthorizationEndpoint(Metadata metadata, @Nullable Locale locale) {
    return metadata.deviceAuthorizationEndpoint();
  }

  /**
   * Those scopes that one sign-in may request together with the wanted ones.
   *
   * @param all with the wanted ones; their order is kept
   */
  default Set<String> together(Set<String> wanted, Set<String> all) {
    return all;
  }
}
