package dev.latchkey.internal.session;

import dev.latchkey.internal.time.Time;
import dev.latchkey.internal.time.TokenLifetime;
import org.jspecify.annotations.Nullable;

/** The pure part of a refresh: decides what a stored session allows at this moment. */
enum RefreshDecision {
  /** The token is not due yet, or alive and no early refresh is requested. */
  USE,
  /** The token is due, but a refresh is impossible or unwise: use it to its end. */
  USE_TO_END,
  /** Redeem the refresh token. */
  REDEEM,
  /** The session is over. */
  ENDED,
  /** There is no refresh token, and the access token does not satisfy the request. */
  NO_REFRESH_TOKEN;

  /**
   * Decides.
   *
   * @param lifetime the lifetime of an access token that satisfies the request; null if there is
   *     none
   * @param early whether to replace a token that is due while it is still alive
   * @param leased whether the caller has the lease. Without it, a mark of a possibly spent refresh
   *     token may belong to a redemption in progress, and only the lease brings certainty
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
