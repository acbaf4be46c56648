package dev.latchkey;

import org.jspecify.annotations.Nullable;

/**
 * What a caller wants of one scope set; callers that want the same share one flight.
 *
 * @param early to replace a token that is due while it is still alive
 * @param claims the claims that the token is to satisfy, as JSON; null if any token will do
 * @param rejected the value of the token that will not do, because a resource server refused it
 */
record Wanted(boolean early, @Nullable String claims, @Nullable String rejected) {

  /** Any token that is alive. */
  static final Wanted ALIVE = new Wanted(false, null, null);

  /** A token that is not due yet. */
  static final Wanted EARLY = new Wanted(true, null, null);

  static Wanted with(String claims) {
    return new Wanted(false, normalized(claims), null);
  }

  static Wanted insteadOf(AccessToken rejected, @Nullable String claims) {
    return new Wanted(false, claims == null ? null : normalized(claims), rejected.value());
  }

  /** However it is spaced, it is one flight. */
  private static String normalized(String claims) {
    return Claims.parse(claims).toString();
  }

  /**
   * Whether a token that is in memory or in the store already may do. With claims, only one that
   * was fetched with the same claims since this caller got the one that was refused.
   */
  boolean isMetBy(Held known) {
    boolean another = !known.token().value().equals(rejected);
    return another && (claims == null || (rejected != null && claims.equals(known.claims())));
  }

  @Override
  public String toString() {
    return "Wanted[early=" + early + ", claims=" + (claims != null) + "]";
  }
}
