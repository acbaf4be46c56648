package dev.latchkey.internal.session;

import dev.latchkey.AccessToken;
import dev.latchkey.internal.oauth.Claims;
import dev.latchkey.internal.session.SessionRecord.StoredToken;
import dev.latchkey.internal.time.Time;
import dev.latchkey.internal.time.TokenLifetime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An access token in memory. Made once, so that returning it allocates nothing.
 *
 * @param claims the claims that it was fetched with, null if without, or unknown
 */
public record CachedToken(AccessToken token, TokenLifetime lifetime, @Nullable Claims claims) {

  public CachedToken {
    token = from(token, AccessToken.Source.CACHE);
  }

  CachedToken(AccessToken token, TokenLifetime lifetime) {
    this(token, lifetime, null);
  }

  /** How far in the future a token may seem to be issued, because clocks differ a little. */
  private static final long LEEWAY_MILLIS = 60_000;

  /**
   * Reads a stored token by this machine's clock.
   *
   * @param skew how far the server's clock, by which it was stored, is ahead, in milliseconds
   * @return the token; null if it was issued in the future. A clock was wrong then or is wrong now,
   *     and the token's end is unknown
   */
  static @Nullable CachedToken stored(StoredToken stored, long skew, Time time) {
    if (stored.issuedAt() - skew > time.wallMillis() + LEEWAY_MILLIS) {
      return null;
    }
    Instant expiresAt = Instant.ofEpochMilli(stored.endsAtHere(skew));
    return new CachedToken(
        new AccessToken(
            stored.value(), stored.type(), expiresAt, stored.scopes(), AccessToken.Source.CACHE),
        stored.endsAt() == TokenLifetime.NO_END
            ? TokenLifetime.withoutEnd(time.nanos())
            : TokenLifetime.stored(stored.dueAtHere(skew), stored.endsAtHere(skew), time));
  }

  /** The token with the source that the caller is told. */
  public AccessToken tokenFrom(AccessToken.Source source) {
    return from(token, source);
  }

  private static AccessToken from(AccessToken token, AccessToken.Source source) {
    return new AccessToken(token.value(), token.type(), token.expiresAt(), token.scopes(), source);
  }

  CachedToken fetchedWith(@Nullable Claims theseClaims) {
    return new CachedToken(token, lifetime, theseClaims);
  }

  CachedToken dueAtEnd() {
    return new CachedToken(token, lifetime.dueAtEnd(), claims);
  }

  @Override
  public String toString() {
    return "CachedToken[expiresAt=" + token.expiresAt() + "]";
  }
}
