package dev.latchkey;

import dev.latchkey.SessionRecord.StoredToken;
import dev.latchkey.time.Time;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An access token in memory, made once so that handing it out allocates nothing.
 *
 * @param claims the claims that it was fetched with, as {@link Wanted#claims()} spells them; null
 *     if it was fetched without, or nobody here knows
 */
record Held(AccessToken token, Lifetime lifetime, @Nullable String claims) {

  Held(AccessToken token, Lifetime lifetime, @Nullable String claims) {
    this.token = token.from(AccessToken.Source.CACHE);
    this.lifetime = lifetime;
    this.claims = claims;
  }

  Held(AccessToken token, Lifetime lifetime) {
    this(token, lifetime, null);
  }

  /** How far into the future a token may have been issued, by clocks that differ a little. */
  private static final long LEEWAY_MILLIS = 60_000;

  /**
   * A stored token, read by this machine's clock.
   *
   * @param skew how far the server's clock, by which it was stored, is ahead
   * @return the token; null if it comes from the future: the clock was wrong when it was stored, or
   *     is wrong now, and nobody knows when the token ends
   */
  static @Nullable Held stored(StoredToken stored, long skew, Time time) {
    if (stored.issuedAt() - skew > time.wallMillis() + LEEWAY_MILLIS) {
      return null;
    }
    Instant expiresAt = Instant.ofEpochMilli(stored.endsAt() - skew);
    return new Held(
        new AccessToken(
            stored.value(), stored.type(), expiresAt, stored.scopes(), AccessToken.Source.CACHE),
        Lifetime.stored(stored.dueAt() - skew, stored.endsAt() - skew, time));
  }

  Held fetchedWith(@Nullable String theseClaims) {
    return new Held(token, lifetime, theseClaims);
  }

  Held toItsEnd() {
    return new Held(token, lifetime.dueAtEnd(), claims);
  }

  @Override
  public String toString() {
    return "Held[expiresAt=" + token.expiresAt() + "]";
  }
}
