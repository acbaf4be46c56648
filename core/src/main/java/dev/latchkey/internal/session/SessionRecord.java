package dev.latchkey.internal.session;

import dev.latchkey.Account;
import dev.latchkey.AuthorizationServer;
import dev.latchkey.ScopeAudit;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.internal.oauth.Scopes;
import dev.latchkey.internal.oauth.ServerClock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of one account: the record in the token store. Instants are the server's, in
 * milliseconds since 1970. Immutable; secret, so {@link #toString()} tells little.
 *
 * @param serverId which authorization server, by {@link AuthorizationServer#id()}
 * @param signInScopes what the sign-in asked for
 * @param missingScopes what the sign-in asked for in vain; a refresh does not ask again, because
 *     some servers refuse the whole refresh for it
 * @param ended why the session is over, if it is; the account stays listed
 * @param possiblySpent whether a redemption of {@code refreshToken} is under way, or its answer was
 *     lost: it may be spent, and a rotating server may take an early retry for theft
 * @param skewMillis the writer's {@link ServerClock} at the time
 * @param tokens the access tokens by {@link Scopes#key}
 */
public record SessionRecord(
    String serverId,
    String clientId,
    Account account,
    Set<String> signInScopes,
    Set<String> missingScopes,
    long signedInAt,
    @Nullable String refreshToken,
    SignInRequired.@Nullable Reason ended,
    boolean possiblySpent,
    long skewMillis,
    Map<String, StoredToken> tokens) {

  /** An access token with its instants in server time. */
  public record StoredToken(
      String value, String type, long issuedAt, long dueAt, long endsAt, ScopeAudit scopes) {
    @Override
    public String toString() {
      return "StoredToken[endsAt=" + endsAt + "]";
    }
  }

  /**
   * After a redemption: the new token, and a new refresh token if one came (else the old stays).
   */
  public SessionRecord refreshed(
      @Nullable String newRefreshToken, long skew, String scopeKey, StoredToken token) {
    Map<String, StoredToken> all = new LinkedHashMap<>(tokens);
    all.put(scopeKey, token);
    return new SessionRecord(
        serverId,
        clientId,
        account,
        signInScopes,
        missingScopes,
        signedInAt,
        newRefreshToken != null ? newRefreshToken : refreshToken,
        null,
        false,
        skew,
        Map.copyOf(all));
  }

  /** After a redemption whose access token must not be used. */
  public SessionRecord rotated(@Nullable String newRefreshToken) {
    return with(newRefreshToken != null ? newRefreshToken : refreshToken, ended, false);
  }

  SessionRecord ended(SignInRequired.Reason reason) {
    return with(refreshToken, reason, possiblySpent);
  }

  SessionRecord markedPossiblySpent() {
    return with(refreshToken, ended, true);
  }

  /** Without the access token that ends first. */
  SessionRecord withoutOldestToken() {
    Map<String, StoredToken> fewer = new LinkedHashMap<>(tokens);
    fewer.entrySet().stream()
        .min(Comparator.comparingLong(entry -> entry.getValue().endsAt()))
        .ifPresent(oldest -> fewer.remove(oldest.getKey()));
    return new SessionRecord(
        serverId,
        clientId,
        account,
        signInScopes,
        missingScopes,
        signedInAt,
        refreshToken,
        ended,
        possiblySpent,
        skewMillis,
        Map.copyOf(fewer));
  }

  private SessionRecord with(
      @Nullable String token, SignInRequired.@Nullable Reason reason, boolean doubt) {
    return new SessionRecord(
        serverId,
        clientId,
        account,
        signInScopes,
        missingScopes,
        signedInAt,
        token,
        reason,
        doubt,
        skewMillis,
        tokens);
  }

  @Override
  public String toString() {
    return "SessionRecord["
        + account.id()
        + ", ended="
        + ended
        + ", possiblySpent="
        + possiblySpent
        + "]";
  }
}
