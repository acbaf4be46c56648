package dev.latchkey.internal.session;

import dev.latchkey.AccessToken;
import dev.latchkey.internal.oauth.Claims;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants of one scope set; callers that want the same share one flight.
 *
 * @param early to replace a token that is due while it is still alive
 * @param claims the claims that the token is to satisfy, as JSON; null if any token will do
 * @param rejected the value of the token that will not do, because a resource server refused it
 */
record TokenRequest(boolean early, @Nullable String claims, @Nullable String rejected) {

  /** Any token that is alive. */
  static final TokenRequest ALIVE = new TokenRequest(false, null, null);

  /** A token that is not due yet. */
  static final TokenRequest EARLY = new TokenRequest(true, null, null);

  static TokenRequest with(String claims) {
    return new TokenRequest(false, normalized(claims), null);
  }

  static TokenRequest insteadOf(AccessToken rejected, @Nullable String claims) {
    return new TokenRequest(false, claims == null ? null : normalized(claims), rejected.value());
  }

  /** However it is spaced, it is one flight. */
  private static String normalized(String claims) {
    return Claims.parse(claims).toString();
  }

  /**
   * Whether a token that is in memory or in the store already may do. With claims, only one that
   * was fetched with the same claims since this caller got the one that was refused.
   */
  boolean isMetBy(CachedToken known) {
    boolean another = !known.token().value().equals(rejected);
    return another && (claims == null || (rejected != null && claims.equals(known.claims())));
  }

  @Override
  public String toString() {
    return "Wanted[early=" + early + ", claims=" + (claims != null) + "]";
  }
}
