package dev.latchkey.internal.session;

import dev.latchkey.HttpExchange.Kind;
import dev.latchkey.SignOutResult;
import dev.latchkey.SignOutResult.Revocation;
import dev.latchkey.error.OAuthError;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.internal.concurrent.Futures;
import dev.latchkey.internal.metadata.Metadata;
import dev.latchkey.internal.oauth.Exchange;
import dev.latchkey.internal.oauth.Form;
import dev.latchkey.internal.oauth.Reply;
import dev.latchkey.internal.text.SafeCause;
import dev.latchkey.store.TokenStore;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets a session, then revokes its refresh token where the server can.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7009#section-2">RFC 7009 §2</a>
 */
public final class SignOut {

  private static final Set<String> OF_THE_CLIENT = Set.of("invalid_client", "unauthorized_client");

  private static final Logger log = LoggerFactory.getLogger(SignOut.class);

  private final ClientConfig config;
  private final Session session;

  public SignOut(ClientConfig config, Session session) {
    this.config = config;
    this.session = session;
  }

  /**
   * Signs out.
   *
   * @throws TokenStoreFailure if the record could not be deleted; it is forgotten in this process
   *     and revoked all the same
   */
  public SignOutResult run() throws InterruptedException {
    String refreshToken;
    TokenStoreFailure undeleted = null;
    try (TokenStore.Lease lease = leaseIfPossible()) {
      refreshToken = refreshToken();
      try {
        session.store().delete();
      } catch (TokenStoreFailure e) {
        undeleted = e;
      }
      session.backoff().clear();
    }
    Revocation revocation = refreshToken == null ? Revocation.NO_TOKEN : revoke(refreshToken);
    if (undeleted != null) {
      throw undeleted;
    }
    return new SignOutResult(session.account(), revocation);
  }

  /**
   * Waits for a refresh in progress, so that its new token is the one that is revoked. A refresh
   * that takes longer than the time limit finds the record deleted and drops its result.
   */
  private TokenStore.Lease leaseIfPossible() throws InterruptedException {
    try {
      return session.store().lease();
    } catch (TokenStoreFailure e) {
      log.info("signing out without the lease: {}", e.getMessage());
      return () -> {};
    }
  }

  private @Nullable String refreshToken() {
    try {
      RecordSnapshot current = session.store().load();
      return current == null ? null : current.record().refreshToken();
    } catch (TokenStoreFailure e) { // the deletion succeeds all the same, or says why not
      log.debug("cannot revoke: {}", e.getMessage());
      return null;
    }
  }

  /** Best effort: the session is forgotten, whatever the server says. */
  private Revocation revoke(String refreshToken) {
    try {
      Exchange exchange = config.exchange().get();
      Reply reply =
          config
              .server()
              .metadata(exchange)
              .thenCompose(metadata -> request(exchange, metadata, refreshToken))
              .join();
      return reply == null ? Revocation.NOT_OFFERED : revocation(reply);
    } catch (RuntimeException e) {
      log.info("revocation failed: {}", SafeCause.describe(Futures.unwrap(e)));
      return Revocation.FAILED;
    }
  }

  private static Revocation revocation(Reply reply) {
    log.debug("revocation: {}", reply.describe());
    // RFC 7009 §2.2: the body of a 200 is not read; Keycloak puts invalid_token into one.
    if (reply.status() == 200) {
      return Revocation.CONFIRMED;
    }
    OAuthError error = reply.error();
    // §2.1 lets the server verify "the client credentials (in case of a confidential client)";
    // Spring
    // Authorization Server and GitHub want them of every client.
    if (reply.status() == 401 || (error != null && OF_THE_CLIENT.contains(error.error()))) {
      log.info("the server revokes no token for a client without a secret: {}", reply.describe());
      return Revocation.NOT_FOR_PUBLIC_CLIENTS;
    }
    log.info("revocation failed: {}", reply.describe());
    return Revocation.FAILED;
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
            .add("client_id", config.clientId());
    return exchange
        .post(Kind.REVOCATION, metadata.revocationEndpoint(), form, Map.of())
        .thenApply(reply -> reply);
  }
}
