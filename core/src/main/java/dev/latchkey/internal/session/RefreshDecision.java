package dev.latchkey.internal.session;

import dev.latchkey.internal.time.Time;
import dev.latchkey.internal.time.TokenLifetime;
import org.jspecify.annotations.Nullable;

/** What a stored session allows at this moment: the pure part of a refresh. */
enum RefreshDecision {
  /** The token is not due yet, or alive where nobody asked to be early. */
  USE,
  /** The token is due, and a refresh is impossible or unwise: it serves to its end. */
  USE_TO_END,
  /** The refresh token is to be redeemed. */
  REDEEM,
  /** The session is over. */
  ENDED,
  /** There never was a refresh token, and the access token is of no use (any more). */
  NO_REFRESH_TOKEN;

  /**
   * Decides.
   *
   * @param lifetime of the access token that would do, or null if there is none
   * @param early whether a token that is due is to be replaced while it is still alive
   * @param leased whether nobody else can be redeeming. Otherwise a session in doubt may be one
   *     whose redemption is under way, and only the lease brings certainty
   */
  static RefreshDecision of(
      SessionRecord session,
      @Nullable TokenLifetime lifetime,
      boolean early,
      boolean leased,
      Time time) {
    if (lifetime != null && lifetime.isFresh(time)) {
      return USE;
    }
    boolean ended = session.ended() != null;
    boolean redeemable = session.refreshToken() != null && !ended;
    if (lifetime != null && lifetime.isAlive(time)) {
      if (!redeemable || (session.possiblySpent() && leased)) {
        return USE_TO_END;
      }
      if (!early) {
        return USE;
      }
    }
    if (redeemable) {
      return REDEEM;
    }
    return ended ? ENDED : NO_REFRESH_TOKEN;
  }
}
