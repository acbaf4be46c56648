package dev.latchkey;

import java.time.Instant;

/**
 * A usable access token. Immutable; {@link #toString()} redacts the value.
 *
 * @param value the secret itself: send it as {@code Authorization: Bearer value} to the hosts it is
 *     meant for and nowhere else
 * @param type the token type, {@code Bearer}
 * @param expiresAt when it expires, by this machine's clock
 * @param scopes which scopes were asked for and which were granted
 * @param source where this call got it from
 */
public record AccessToken(
    String value, String type, Instant expiresAt, ScopeAudit scopes, Source source) {

  /** Where a token came from. */
  public enum Source {
    /** It was in memory or in the token store already. */
    CACHE,
    /** This process redeemed the refresh token, or signed in, for it. */
    REFRESH,
    /** Another process or another client of this one brought it meanwhile. */
    ADOPTED
  }

  @Override
  public String toString() {
    return "AccessToken[type=" + type + ", expiresAt=" + expiresAt + ", source=" + source + "]";
  }
}
