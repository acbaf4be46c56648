package dev.latchkey;

import java.time.Instant;

/**
 * A usable access token. Immutable; {@link #toString()} redacts the value.
 *
 * @param value the secret: send it as {@code Authorization: Bearer value}, and only to the hosts it
 *     is meant for
 * @param type the token type, {@code Bearer}
 * @param expiresAt when it expires, by this machine's clock; {@link #UNTIL_REFUSED} if nobody knows
 * @param scopes the scopes that were requested and those that were granted
 * @param source where the call that returned it got it from
 * @see TokenSource
 */
public record AccessToken(
    String value, String type, Instant expiresAt, ScopeAudit scopes, Source source) {

  /**
   * The {@link #expiresAt} of a token whose end nobody knows: the server named none and gave no
   * refresh token, as GitHub does: 9999-12-31T23:59:59Z. The token is good until an API refuses it;
   * {@link TokenSource#replace} then throws {@link dev.latchkey.error.SignInRequired}.
   */
  public static final Instant UNTIL_REFUSED = Instant.ofEpochSecond(253_402_300_799L);

  /** Where a token came from. */
  public enum Source {
    /** The token was in memory or in the token store. */
    CACHE,
    /** This call redeemed the refresh token or signed in. */
    REFRESH,
    /** Another process, or another client in this process, had refreshed the session meanwhile. */
    ADOPTED
  }

  @Override
  public String toString() {
    return "AccessToken[type=" + type + ", expiresAt=" + expiresAt + ", source=" + source + "]";
  }
}
