package dev.latchkey.internal.session;

import dev.latchkey.Account;
import dev.latchkey.ScopeAudit;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.internal.oauth.Scopes;
import dev.latchkey.internal.time.TokenLifetime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The record of one account in the token store. Instants are milliseconds since 1970 by the
 * server's clock. Immutable. Secret, so {@link #toString()} tells little.
 *
 * @param serverId the name of the authorization server
 * @param signInScopes the scopes that the sign-in requested
 * @param missingScopes those of them, or of earlier sign-ins, that were not granted; a refresh does
 *     not request them again, because some servers refuse the whole refresh for it
 * @param signedInAt when the person signed in; it tells the sessions of an account apart, since a
 *     refresh keeps it
 * @param ended why the session is over; null if it is not. The account stays listed
 * @param possiblySpent whether a redemption of {@code refreshToken} is under way, or its answer was
 *     lost: it may be spent, and a rotating server may take an early retry for theft
 * @param skewMillis the skew of the server's clock that the writer knew
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

  /** An access token with its instants by the server's clock. */
  public record StoredToken(
      String value, String type, long issuedAt, long dueAt, long endsAt, ScopeAudit scopes) {

    /** When it is due by this machine's clock. */
    long dueAtHere(long skewMillis) {
      return dueAt == TokenLifetime.NO_END ? dueAt : dueAt - skewMillis;
    }

    /** When it ends by this machine's clock. */
    long endsAtHere(long skewMillis) {
      return endsAt == TokenLifetime.NO_END ? endsAt : endsAt - skewMillis;
    }

    @Override
    public String toString() {
      return "StoredToken[endsAt=" + endsAt + "]";
    }
  }

  /**
   * The record after a redemption.
   *
   * @param newRefreshToken the new refresh token; null if the server sent none, then the old stays
   */
  public SessionRecord refreshed(
      @Nullable String newRefreshToken, long skew, String scopeKey, StoredToken token) {
    Map<String, StoredToken> all = new LinkedHashMap<>(tokens);
    all.put(scopeKey, token);
    String nextRefreshToken = newRefreshToken != null ? newRefreshToken : refreshToken;
    return with(nextRefreshToken, null, false, skew, Map.copyOf(all));
  }

  /** The record after a redemption whose access token is unusable. */
  public SessionRecord rotated(String newRefreshToken) {
    return with(newRefreshToken, ended, false, skewMillis, tokens);
  }

  SessionRecord ended(SignInRequired.Reason reason) {
    return with(refreshToken, reason, possiblySpent, skewMillis, tokens);
  }

  SessionRecord markedPossiblySpent() {
    return with(refreshToken, ended, true, skewMillis, tokens);
  }

  /** The record of a sign-in a millisecond later, so that no two sessions share an instant. */
  SessionRecord signedInLater() {
    return new SessionRecord(
        serverId,
        clientId,
        account,
        signInScopes,
        missingScopes,
        signedInAt + 1,
        refreshToken,
        ended,
        possiblySpent,
        skewMillis,
        tokens);
  }

  /** The record without the access token that ends first. */
  SessionRecord withoutOldestToken() {
    Map<String, StoredToken> fewer = new LinkedHashMap<>(tokens);
    fewer.entrySet().stream()
        .min(Comparator.comparingLong(entry -> entry.getValue().endsAt()))
        .ifPresent(oldest -> fewer.remove(oldest.getKey()));
    return with(refreshToken, ended, possiblySpent, skewMillis, Map.copyOf(fewer));
  }

  /** Whose the record is and since when, without its tokens: for a listing. */
  SessionRecord withoutTokens() {
    return with(null, ended, possiblySpent, skewMillis, Map.of());
  }

  private SessionRecord with(
      @Nullable String newRefreshToken,
      SignInRequired.@Nullable Reason reason,
      boolean spent,
      long skew,
      Map<String, StoredToken> newTokens) {
    return new SessionRecord(
        serverId,
        clientId,
        account,
        signInScopes,
        missingScopes,
        signedInAt,
        newRefreshToken,
        reason,
        spent,
        skew,
        newTokens);
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
