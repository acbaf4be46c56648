package dev.latchkey.internal.session;

import dev.latchkey.AccessToken;
import dev.latchkey.AccessToken.Source;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.internal.concurrent.Deadline;
import dev.latchkey.internal.concurrent.ExitGuard;
import dev.latchkey.internal.session.SessionRecord.StoredToken;
import dev.latchkey.store.TokenStore;
import org.jspecify.annotations.Nullable;

/**
 * Brings one access token: from the record if it will do, else by redeeming the refresh token under
 * the lease. Runs once, on a worker, top to bottom: lock, re-read, adopt what another process
 * brought; redeem only if nobody did; write; release.
 */
final class TokenRefresh {

  private static final int MOST_LOOKS = 4;

  private final ClientConfig setup;
  private final Session session;
  private final CachedTokenSource source;
  private final TokenRequest wanted;
  private final String what;
  private final int epoch;

  TokenRefresh(ClientConfig setup, Session session, CachedTokenSource source, TokenRequest wanted) {
    this.setup = setup;
    this.session = session;
    this.source = source;
    this.wanted = wanted;
    this.what = source.key() + "\n" + wanted.claims();
    this.epoch = session.epoch();
  }

  AccessToken fly() throws InterruptedException {
    AccessToken ready = alreadyReplaced();
    if (ready == null) {
      boolean first = source.held() == null;
      ready = ready(session.records().load(), first ? Source.CACHE : Source.ADOPTED, false);
    }
    Deadline deadline = session.records().leaseDeadline();
    for (int look = 0; ready == null && look < MOST_LOOKS; look++) {
      session.backoff().check(what);
      try (TokenStore.Lease lease = session.records().leaseIfStored(deadline)) {
        RecordSnapshot current = session.records().load();
        ready = ready(current, Source.ADOPTED, true);
        if (ready == null && current != null) {
          session.backoff().check(what); // others had their turn, and may have been turned away
          ready = redeem(current);
        }
      }
    }
    if (ready == null) {
      throw new TokenStoreFailure(
          TokenStoreFailure.Problem.TIMED_OUT,
          "The session kept changing in the token store",
          "Try again; check that all processes use the same lock directory.",
          null);
    }
    return ready;
  }

  /** The caller that saw the refusal late, when another one's flight had landed already. */
  private @Nullable AccessToken alreadyReplaced() {
    CachedToken other = wanted.rejected() == null ? null : source.heldThatMeets(wanted);
    return other == null ? null : other.token();
  }

  /** A token that needs no request, or null if a redemption is needed. */
  private @Nullable AccessToken ready(
      @Nullable RecordSnapshot current, Source from, boolean leased) {
    if (current == null) {
      throw over(Reason.SIGNED_OUT, "The account is signed out");
    }
    SessionRecord record = current.session();
    CachedToken held = useful(record);
    TokenLifetime lifetime = held == null ? null : held.lifetime();
    Reason ended = record.ended();
    return switch (RefreshDecision.of(record, lifetime, wanted.early(), leased, setup.time())) {
      case USE -> use(held, from);
      case USE_TO_END -> use(held == null ? null : held.toItsEnd(), from);
      case REDEEM -> null;
      case ENDED ->
          throw over(ended == null ? Reason.GRANT_REJECTED : ended, "The session is over");
      case NO_REFRESH_TOKEN ->
          throw over(
              Reason.NO_REFRESH_TOKEN,
              "The access token is used up, and the server gave no refresh token");
    };
  }

  /** The stored token, if it is one that would do. */
  private @Nullable CachedToken useful(SessionRecord record) {
    StoredToken stored = record.tokens().get(source.key());
    if (stored == null || source.isRejected(stored.value())) {
      return null;
    }
    // What this process knows of its end by both clocks is better than what a record tells.
    CachedToken known = source.held();
    CachedToken found =
        known != null && known.token().value().equals(stored.value())
            ? known
            : CachedToken.stored(stored, setup.clock().skewOr(record.skewMillis()), setup.time());
    return found != null && wanted.isMetBy(found) ? found : null;
  }

  private @Nullable AccessToken use(@Nullable CachedToken held, Source from) {
    if (held == null) {
      return null;
    }
    CachedToken known = source.held();
    source.adopt(held, epoch);
    boolean same = known != null && known.token().value().equals(held.token().value());
    return held.tokenFrom(same ? Source.CACHE : from);
  }

  private @Nullable AccessToken redeem(RecordSnapshot current) throws InterruptedException {
    session.records().prepare(current);
    try (ExitGuard guard = ExitGuard.enter()) {
      CachedToken brought =
          new RefreshGrant(setup, session, source, wanted.claims()).redeem(current);
      if (brought == null) {
        return null;
      }
      session.backoff().succeeded(what);
      source.publish(brought, epoch);
      AccessToken token = brought.tokenFrom(Source.REFRESH);
      session.tell(listener -> listener.refreshed(session.account(), token));
      return token;
    } catch (TokenStoreFailure e) {
      throw e; // it is no request that failed; the person may unlock the store before the next
    } catch (LatchkeyException e) {
      throw session.backoff().failed(what, e);
    }
  }

  private SignInRequired over(Reason reason, String message) {
    return new SignInRequired(
        reason, wanted.claims(), session.account().id(), message, null, "Sign in again.", null);
  }
}
