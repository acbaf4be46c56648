package dev.latchkey;

import dev.latchkey.Vault.Loaded;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.store.StoredRecord;
import dev.latchkey.store.TokenStore;
import dev.latchkey.wire.Exchange;
import dev.latchkey.wire.Form;
import dev.latchkey.wire.Metadata;
import dev.latchkey.wire.Reply;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets a session here, then revokes it where the server can.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7009#section-2">RFC 7009 §2</a>
 */
final class SignOutFlow {

  private static final Logger log = LoggerFactory.getLogger(SignOutFlow.class);

  private final ClientSetup setup;
  private final Session session;

  SignOutFlow(ClientSetup setup, Session session) {
    this.setup = setup;
    this.session = session;
  }

  SignedOut run() throws InterruptedException {
    String refreshToken = forget();
    return new SignedOut(session.account(), refreshToken != null && revoke(refreshToken));
  }

  /**
   * Deletes the record under the lease, so that no refresh is under way that could write it anew.
   */
  private @Nullable String forget() throws InterruptedException {
    String id = session.account().id();
    try (TokenStore.Lease lease = session.lease()) {
      String refreshToken = refreshToken();
      StoredRecord stored = setup.store().read(id);
      while (stored != null && !setup.store().delete(id, stored.version())) {
        stored = setup.store().read(id);
      }
      return refreshToken;
    } finally {
      session.forget();
    }
  }

  private @Nullable String refreshToken() {
    try {
      Loaded loaded = session.load();
      return loaded == null ? null : loaded.session().refreshToken();
    } catch (TokenStoreFailure e) { // it can be deleted all the same, or the deletion says why not
      log.debug("cannot revoke: {}", e.getMessage());
      return null;
    }
  }

  /** Best effort: the session is forgotten here whatever the server says. */
  private boolean revoke(String refreshToken) {
    Exchange exchange = setup.exchange().get();
    try {
      Reply reply =
          setup
              .server()
              .metadata(exchange)
              .thenCompose(metadata -> request(exchange, metadata, refreshToken))
              .join();
      if (reply == null) {
        return false;
      }
      log.debug("revocation: {}", reply.describe());
      // RFC 7009 §2.2: 200 without a body that anybody reads; Keycloak says invalid_token in one.
      return reply.status() == 200;
    } catch (CompletionException e) {
      log.info("revocation failed: {}", Futures.unwrap(e).getMessage());
      return false;
    }
  }

  private CompletableFuture<@Nullable Reply> request(
      Exchange exchange, Metadata metadata, String refreshToken) {
    if (metadata.revocationEndpoint() == null) {
      return CompletableFuture.completedFuture(null);
    }
    Form form =
        new Form()
            .add("token", refreshToken)
            .add("token_type_hint", "refresh_token")
            .add("client_id", setup.clientId());
    return exchange.post(metadata.revocationEndpoint(), form, Map.of()).thenApply(reply -> reply);
  }
}
