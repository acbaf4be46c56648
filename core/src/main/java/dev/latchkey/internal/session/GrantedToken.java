package dev.latchkey.internal.session;

import dev.latchkey.AccessToken;
import dev.latchkey.ScopeAudit;
import dev.latchkey.internal.oauth.Reply;
import dev.latchkey.internal.oauth.Scopes;
import dev.latchkey.internal.oauth.ServerClock;
import dev.latchkey.internal.oauth.TokenResponse;
import dev.latchkey.internal.session.SessionRecord.StoredToken;
import dev.latchkey.internal.time.Jitter;
import dev.latchkey.internal.time.TokenLifetime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The access token of a token response, in the two forms that the cache and the record hold. */
public record GrantedToken(CachedToken cached, StoredToken stored) {

  private static final Logger log = LoggerFactory.getLogger(GrantedToken.class);

  private static final Duration DEFAULT_LIFETIME = Duration.ofHours(1);

  /**
   * Makes both forms.
   *
   * @param refreshable whether the session has a refresh token, from this response or an earlier
   *     one
   */
  public static GrantedToken of(
      TokenResponse tokens,
      Reply reply,
      Set<String> requested,
      boolean refreshable,
      ServerClock clock) {
    ScopeAudit scopes = Scopes.audit(requested, tokens);
    long sent = reply.sentWallMillis();
    TokenLifetime lifetime = lifetime(tokens, reply, refreshable, clock.jitter());
    long skewMillis = clock.skewMillis();
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
            lifetime.hasEnd() ? lifetime.dueMillis() + skewMillis : TokenLifetime.NO_END,
            lifetime.hasEnd() ? lifetime.endMillis() + skewMillis : TokenLifetime.NO_END,
            scopes));
  }

  /**
   * RFC 6749 §5.1 only recommends {@code expires_in}. Without it, a token that can be refreshed is
   * used for an hour; one that cannot, such as GitHub's, is good until it is refused, because to
   * end it early would only send the person to sign in again.
   */
  private static TokenLifetime lifetime(
      TokenResponse tokens, Reply reply, boolean refreshable, Jitter jitter) {
    Duration expiresIn = tokens.expiresIn();
    if (expiresIn == null && !refreshable) {
      return TokenLifetime.withoutEnd(reply.sentNanos());
    }
    return TokenLifetime.granted(
        reply.sentNanos(),
        reply.sentWallMillis(),
        expiresIn == null ? DEFAULT_LIFETIME : expiresIn,
        tokens.refreshIn(),
        jitter);
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
