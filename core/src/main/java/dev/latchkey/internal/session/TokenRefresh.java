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
import dev.latchkey.internal.concurrent.Futures;
import dev.latchkey.internal.concurrent.Sequel;
import dev.latchkey.internal.oauth.Claims;
import dev.latchkey.internal.session.SessionRecord.StoredToken;
import dev.latchkey.internal.time.TokenLifetime;
import dev.latchkey.store.TokenStore.Lease;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Brings one access token into the cache: from the record if it satisfies the request, else by
 * redeeming the refresh token under the lease. Runs once, top to bottom: lock, re-read, adopt what
 * another process brought; redeem only if nobody did; write; release. Whatever holds the lock is
 * released by whoever comes to the end, well or not.
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

  /**
   * Runs, once. Begins on a worker; from the moment when it has the session to itself, it needs
   * none any more, because sign-ins and sign-outs may hold all of them and wait for it.
   *
   * @return the token. While it waits for its turn or for the server, it holds no thread
   */
  CompletableFuture<AccessToken> run() {
    return Futures.startedOn(config.workers(), this::begin);
  }

  private CompletableFuture<AccessToken> begin() {
    AccessToken token = alreadyReplaced();
    if (token == null) {
      boolean first = cache.token() == null;
      token = tokenWithoutRequest(store.load(), first ? Source.CACHE : Source.ADOPTED, false);
    }
    return token == null
        ? look(store.leaseDeadline(), MAX_LOOKS)
        : CompletableFuture.completedFuture(token);
  }

  /** Looks at the record under the lease, and redeems its refresh token if nobody else has. */
  private CompletableFuture<AccessToken> look(Deadline deadline, int looksLeft) {
    if (looksLeft == 0) {
      throw new TokenStoreFailure(
          TokenStoreFailure.Problem.TIMED_OUT,
          "The session kept changing in the token store",
          "Try again; check that all processes use the same lock directory.",
          null);
    }
    session.backoff().check(backoffKey);
    return inTurn(deadline)
        .thenCompose(
            token ->
                token == null
                    ? look(deadline, looksLeft - 1)
                    : CompletableFuture.completedFuture(token));
  }

  /** Goes on at once if the session is free; else, when its turn comes, where it may block. */
  private CompletableFuture<@Nullable AccessToken> inTurn(Deadline deadline) {
    Thread here = Thread.currentThread();
    AtomicBoolean asking = new AtomicBoolean(true);
    Callable<CompletableFuture<@Nullable AccessToken>> task = () -> leased(deadline);
    CompletableFuture<@Nullable AccessToken> looked =
        store.inTurn(
            deadline,
            new Sequel<Lease, @Nullable AccessToken>(
                next -> {
                  if (asking.get() && Thread.currentThread() == here) {
                    next.run();
                  } else {
                    config.callbacks().execute(next);
                  }
                },
                (turn, failure) ->
                    turn == null
                        ? broughtByAnother(failure)
                        : Futures.holding(turn, Lease::close, task)));
    asking.set(false);
    return looked;
  }

  private CompletableFuture<@Nullable AccessToken> leased(Deadline deadline)
      throws InterruptedException {
    Callable<CompletableFuture<@Nullable AccessToken>> task = this::underTheLease;
    Lease lease;
    try {
      lease = store.leaseInTurn(deadline);
    } catch (TokenStoreFailure e) {
      return broughtByAnother(e);
    }
    return Futures.holding(lease, Lease::close, task);
  }

  /** On a busy machine, several that take turns may need longer than one may wait. */
  private CompletableFuture<@Nullable AccessToken> broughtByAnother(@Nullable Throwable failure) {
    AccessToken token =
        failure instanceof TokenStoreFailure late
                && late.problem() == TokenStoreFailure.Problem.LEASE_TIMEOUT
            ? tokenWithoutRequest(store.load(), Source.ADOPTED, false)
            : null;
    if (token == null) {
      throw Futures.unchecked(Objects.requireNonNull(failure));
    }
    return CompletableFuture.completedFuture(token);
  }

  private CompletableFuture<@Nullable AccessToken> underTheLease() {
    RecordSnapshot current = store.load();
    AccessToken token = tokenWithoutRequest(current, Source.ADOPTED, true);
    if (token != null || current == null) {
      return CompletableFuture.completedFuture(token);
    }
    session.backoff().check(backoffKey); // whoever had the lease before may have failed
    return redeem(current);
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

  private CompletableFuture<@Nullable AccessToken> redeem(RecordSnapshot current) {
    store.prepare(current);
    return Futures.started(() -> guarded(current))
        .exceptionally(
            failure -> {
              throw remembered(Futures.unwrap(failure));
            });
  }

  private CompletableFuture<@Nullable AccessToken> guarded(RecordSnapshot current) {
    ExitGuard guard = ExitGuard.enter();
    return Futures.holding(
        guard,
        ExitGuard::close,
        () ->
            new RefreshGrant(config, session, cache.scopes(), request.claims())
                .redeem(current)
                .thenApply(this::published));
  }

  private @Nullable AccessToken published(@Nullable CachedToken issued) {
    if (issued == null) {
      return null;
    }
    session.backoff().succeeded(backoffKey);
    cache.publish(issued, generation);
    AccessToken token = issued.tokenFrom(Source.REFRESH);
    session.tell(listener -> listener.refreshed(session.account(), token));
    return token;
  }

  private RuntimeException remembered(Throwable failure) {
    // After a failure of the store no request failed, and the person may unlock it before the next.
    return failure instanceof LatchkeyException typed && !(typed instanceof TokenStoreFailure)
        ? session.backoff().failed(backoffKey, typed)
        : Futures.unchecked(failure);
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
