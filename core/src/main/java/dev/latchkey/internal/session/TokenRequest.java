package dev.latchkey.internal.session;

import dev.latchkey.AccessToken;
import dev.latchkey.internal.oauth.Claims;
import org.jspecify.annotations.Nullable;

/**
 * What a caller requests of one scope set. Callers with equal requests share one refresh.
 *
 * @param early whether to replace a token that is due while it is still alive
 * @param claims the claims that the token has to satisfy; null if any token will do
 * @param rejected the value of the token that a resource server refused; null if none was
 */
record TokenRequest(boolean early, @Nullable Claims claims, @Nullable String rejected) {

  /** Any token that is alive. */
  static final TokenRequest ALIVE = new TokenRequest(false, null, null);

  /** A token that is not due yet. */
  static final TokenRequest EARLY = new TokenRequest(true, null, null);

  static TokenRequest with(Claims claims) {
    return new TokenRequest(false, claims, null);
  }

  static TokenRequest insteadOf(AccessToken rejected, @Nullable Claims claims) {
    return new TokenRequest(false, claims, rejected.value());
  }

  /**
   * Whether a token that is in memory or in the store will do. With claims, only one that was
   * fetched with the same claims since this caller got the rejected one.
   */
  boolean isSatisfiedBy(CachedToken known) {
    boolean another = !known.token().value().equals(rejected);
    return another && (claims == null || (rejected != null && claims.equals(known.claims())));
  }

  @Override
  public String toString() {
    return "TokenRequest[early=" + early + ", claims=" + (claims != null) + "]";
  }
}
