package dev.latchkey.internal.session;

import dev.latchkey.AccessToken;
import dev.latchkey.AccessToken.Source;
import dev.latchkey.Account;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.internal.concurrent.Deadline;
import dev.latchkey.internal.concurrent.ExitGuard;
import dev.latchkey.internal.oauth.Claims;
import dev.latchkey.internal.session.SessionRecord.StoredToken;
import dev.latchkey.internal.time.TokenLifetime;
import dev.latchkey.store.TokenStore;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Brings one access token into the cache: from the record if it satisfies the request, else by
 * redeeming the refresh token under the lease. Runs once, on a worker, top to bottom: lock,
 * re-read, adopt what another process brought; redeem only if nobody did; write; release.
 */
final class TokenRefresh {

  private static final int MAX_LOOKS = 4;

  private final ClientConfig config;
  private final Session session;
  private final SessionStore store;
  private final TokenCache cache;
  private final TokenRequest request;
  private final String backoffKey;
  private final int generation;

  TokenRefresh(ClientConfig config, Session session, TokenCache cache, TokenRequest request) {
    this.config = config;
    this.session = session;
    this.store = session.store();
    this.cache = cache;
    this.request = request;
    this.backoffKey = cache.scopeKey() + "\n" + Claims.textOf(request.claims());
    this.generation = store.generation();
  }

  AccessToken run() throws InterruptedException {
    AccessToken token = alreadyReplaced();
    if (token == null) {
      boolean first = cache.token() == null;
      token = tokenWithoutRequest(store.load(), first ? Source.CACHE : Source.ADOPTED, false);
    }
    Deadline deadline = store.leaseDeadline();
    for (int look = 0; token == null && look < MAX_LOOKS; look++) {
      session.backoff().check(backoffKey);
      token = underLease(deadline);
    }
    if (token == null) {
      throw new TokenStoreFailure(
          TokenStoreFailure.Problem.TIMED_OUT,
          "The session kept changing in the token store",
          "Try again; check that all processes use the same lock directory.",
          null);
    }
    return token;
  }

  /** Null if the session has changed meanwhile. */
  private @Nullable AccessToken underLease(Deadline deadline) throws InterruptedException {
    TokenStore.Lease lease;
    try {
      lease = store.leaseIfStored(deadline);
    } catch (TokenStoreFailure e) {
      return broughtByAnother(e);
    }
    try (lease) {
      RecordSnapshot current = store.load();
      AccessToken token = tokenWithoutRequest(current, Source.ADOPTED, true);
      if (token == null && current != null) {
        session.backoff().check(backoffKey); // whoever had the lease before may have failed
        token = redeem(current);
      }
      return token;
    }
  }

  /** On a busy machine, several that take turns may need longer than one may wait. */
  private AccessToken broughtByAnother(TokenStoreFailure failure) {
    AccessToken token =
        failure.problem() == TokenStoreFailure.Problem.LEASE_TIMEOUT
            ? tokenWithoutRequest(store.load(), Source.ADOPTED, false)
            : null;
    if (token == null) {
      throw failure;
    }
    return token;
  }

  /** For a caller that reports a rejected token late, after another's refresh replaced it. */
  private @Nullable AccessToken alreadyReplaced() {
    CachedToken other = request.rejected() == null ? null : cache.tokenFor(request);
    return other == null ? null : other.token();
  }

  /** A token that needs no request to the server; null if the refresh token must be redeemed. */
  private @Nullable AccessToken tokenWithoutRequest(
      @Nullable RecordSnapshot current, Source from, boolean leased) {
    if (current == null) {
      throw signInRequired(Reason.SIGNED_OUT, "The account is signed out");
    }
    SessionRecord record = current.record();
    requireSamePerson(record.account());
    CachedToken token = usable(record);
    TokenLifetime lifetime = token == null ? null : token.lifetime();
    Reason ended = record.ended();
    return switch (RefreshDecision.of(record, lifetime, request.early(), leased, config.time())) {
      case USE -> adopt(token, from);
      case USE_TO_END -> adopt(token == null ? null : token.dueAtEnd(), from);
      case REDEEM -> null;
      case ENDED ->
          throw signInRequired(
              ended == null ? Reason.GRANT_REJECTED : ended, "The session is over");
      case NO_REFRESH_TOKEN ->
          throw signInRequired(
              Reason.NO_REFRESH_TOKEN,
              "The access token has expired, and the server gave no refresh token");
    };
  }

  /**
   * The id of an account is made from its issuer and subject, so only a store that mixes up its
   * records has another person's under it.
   */
  private void requireSamePerson(Account stored) {
    Account mine = session.account();
    boolean same =
        Objects.equals(mine.subject(), stored.subject()) && mine.issuer().equals(stored.issuer());
    if (mine.subject() != null && !same) {
      throw new TokenStoreFailure(
          TokenStoreFailure.Problem.DAMAGED,
          "The record " + mine.id() + " names another person than the account",
          "Sign out or delete the record, then sign in again.",
          null);
    }
  }

  /** The stored token, if it satisfies the request. */
  private @Nullable CachedToken usable(SessionRecord record) {
    StoredToken stored = record.tokens().get(cache.scopeKey());
    if (stored == null || cache.isRejected(stored.value())) {
      return null;
    }
    // What this process knows of its end by both clocks is better than what a record says.
    CachedToken known = cache.token();
    CachedToken found =
        known != null && known.token().value().equals(stored.value())
            ? known
            : CachedToken.stored(stored, config.clock().skewOr(record.skewMillis()), config.time());
    return found != null && request.isSatisfiedBy(found) ? found : null;
  }

  private @Nullable AccessToken adopt(@Nullable CachedToken token, Source from) {
    if (token == null) {
      return null;
    }
    CachedToken known = cache.token();
    cache.adopt(token, generation);
    boolean same = known != null && known.token().value().equals(token.token().value());
    return token.tokenFrom(same ? Source.CACHE : from);
  }

  private @Nullable AccessToken redeem(RecordSnapshot current) throws InterruptedException {
    store.prepare(current);
    try (ExitGuard guard = ExitGuard.enter()) {
      CachedToken issued =
          new RefreshGrant(config, session, cache.scopes(), request.claims()).redeem(current);
      if (issued == null) {
        return null;
      }
      session.backoff().succeeded(backoffKey);
      cache.publish(issued, generation);
      AccessToken token = issued.tokenFrom(Source.REFRESH);
      session.tell(listener -> listener.refreshed(session.account(), token));
      return token;
    } catch (TokenStoreFailure e) {
      throw e; // no request failed, and the person may unlock the store before the next one
    } catch (LatchkeyException e) {
      throw session.backoff().failed(backoffKey, e);
    }
  }

  private SignInRequired signInRequired(Reason reason, String message) {
    return new SignInRequired(
        reason,
        config.required(session.account().id(), cache.scopes(), request.claims()),
        message,
        null,
        "Sign in again.",
        null);
  }
}
