package dev.latchkey.internal.session;

import dev.latchkey.AccessToken;
import dev.latchkey.ScopeAudit;
import dev.latchkey.internal.oauth.Reply;
import dev.latchkey.internal.oauth.Scopes;
import dev.latchkey.internal.oauth.TokenResponse;
import dev.latchkey.internal.session.SessionRecord.StoredToken;
import dev.latchkey.internal.time.TokenLifetime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The access token of a token response, in the two forms that the cache and the record hold. */
public record GrantedToken(CachedToken cached, StoredToken stored) {

  private static final Logger log = LoggerFactory.getLogger(GrantedToken.class);

  public static GrantedToken of(
      TokenResponse tokens, Reply reply, Set<String> requested, long skewMillis) {
    ScopeAudit scopes = Scopes.audit(requested, tokens);
    Duration expiresIn = tokens.expiresIn();
    long sent = reply.sentWallMillis();
    TokenLifetime lifetime =
        TokenLifetime.granted(reply.sentNanos(), sent, expiresIn, tokens.refreshIn());
    AccessToken token =
        new AccessToken(
            tokens.accessToken(),
            tokens.tokenType(),
            Instant.ofEpochMilli(lifetime.endMillis()),
            scopes,
            AccessToken.Source.REFRESH);
    return new GrantedToken(
        new CachedToken(token, lifetime),
        new StoredToken(
            token.value(),
            token.type(),
            sent + skewMillis,
            lifetime.dueMillis() + skewMillis,
            lifetime.endMillis() + skewMillis,
            scopes));
  }

  /** Logs the scopes: to be called when the token is stored, because a log may block, or fail. */
  public void logScopes() {
    ScopeAudit scopes = stored.scopes();
    log.debug(
        "scopes requested {}, granted {}, missing {}, extra {}",
        scopes.requested(),
        scopes.granted(),
        scopes.missing(),
        scopes.extra());
  }
}
