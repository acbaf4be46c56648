package dev.latchkey;

import dev.latchkey.SessionRecord.StoredToken;
import dev.latchkey.wire.Reply;
import dev.latchkey.wire.TokenResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A token answer, read for both its uses: to be held in memory and to be stored. */
record Grant(Held held, StoredToken stored) {

  private static final Logger log = LoggerFactory.getLogger(Grant.class);

  static Grant of(TokenResponse tokens, Reply reply, Set<String> requested, long skewMillis) {
    ScopeAudit scopes = Scopes.audit(requested, tokens);
    log.debug(
        "scopes requested {}, granted {}, missing {}, extra {}",
        scopes.requested(),
        scopes.granted(),
        scopes.missing(),
        scopes.extra());
    Duration expiresIn = tokens.expiresIn();
    long sent = reply.sentWallMillis();
    Lifetime lifetime = Lifetime.granted(reply.sentNanos(), sent, expiresIn, tokens.refreshIn());
    AccessToken token =
        new AccessToken(
            tokens.accessToken(),
            tokens.tokenType(),
            Instant.ofEpochMilli(lifetime.endMillis()),
            scopes,
            AccessToken.Source.REFRESH);
    return new Grant(
        new Held(token, lifetime),
        new StoredToken(
            token.value(),
            token.type(),
            sent + skewMillis,
            lifetime.dueMillis() + skewMillis,
            lifetime.endMillis() + skewMillis,
            scopes));
  }
}
