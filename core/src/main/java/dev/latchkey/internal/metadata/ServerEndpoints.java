package dev.latchkey.internal.metadata;

import dev.latchkey.internal.oauth.Exchange;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One authorization server as the rooms below the public face see it. Thread-safe. */
public interface ServerEndpoints {

  /** Names the server in stored records: a client sees only the records of its own server. */
  String id();

  /** The metadata; fetched at most once at a time, kept once found. */
  CompletableFuture<Metadata> metadata(Exchange exchange);

  /** Where to begin a sign-in whose texts are to be in this language. */
  default URI deviceAuthorizationEndpoint(Metadata metadata, @Nullable Locale locale) {
    return metadata.deviceAuthorizationEndpoint();
  }
}
