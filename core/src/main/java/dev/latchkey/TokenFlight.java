package dev.latchkey;

import dev.latchkey.AccessToken.Source;
import dev.latchkey.SessionRecord.StoredToken;
import dev.latchkey.Vault.Loaded;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.store.TokenStore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Brings one access token: from the record if it will do, else by redeeming the refresh token under
 * the lease. Runs once, on a worker, top to bottom: lock, re-read, adopt what another process
 * brought; redeem only if nobody did; write; release.
 */
final class TokenFlight {

  private static final int MOST_LOOKS = 4;

  private final ClientSetup setup;
  private final Session session;
  private final ScopedTokens source;
  private final @Nullable String claims;
  private final boolean early;
  private final int epoch;

  TokenFlight(
      ClientSetup setup,
      Session session,
      ScopedTokens source,
      @Nullable String claims,
      boolean early) {
    this.setup = setup;
    this.session = session;
    this.source = source;
    this.claims = claims;
    this.early = early;
    this.epoch = session.epoch();
  }

  AccessToken fly() throws InterruptedException {
    boolean first = source.held() == null;
    AccessToken ready = ready(session.load(), first ? Source.CACHE : Source.ADOPTED);
    for (int look = 0; ready == null && look < MOST_LOOKS; look++) {
      source.backoff().check();
      try (TokenStore.Lease lease = lease()) {
        Loaded loaded = session.load();
        ready = ready(loaded, Source.ADOPTED);
        if (ready == null && loaded != null) {
          ready = redeem(loaded);
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

  /** A session that the store already failed to keep has nothing to lose there. */
  private TokenStore.Lease lease() throws InterruptedException {
    try {
      return session.lease();
    } catch (TokenStoreFailure e) {
      if (session.livesInMemory() && e.problem() != TokenStoreFailure.Problem.LEASE_TIMEOUT) {
        return () -> {};
      }
      throw e;
    }
  }

  /** A token that needs no request, or null if a redemption is needed. */
  private @Nullable AccessToken ready(@Nullable Loaded loaded, Source from) {
    if (loaded == null) {
      throw over(Reason.SIGNED_OUT, "The account is signed out");
    }
    SessionRecord record = loaded.session();
    StoredToken stored = record.tokens().get(source.key());
    boolean useful = stored != null && claims == null && !source.isRejected(stored.value());
    Held held = stored != null && useful ? held(stored, record.skewMillis()) : null;
    Lifetime lifetime = held == null ? null : held.lifetime();
    Reason ended = record.ended();
    return switch (RefreshDecision.of(record, lifetime, early, setup.time())) {
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

  private @Nullable AccessToken use(@Nullable Held held, Source from) {
    if (held == null) {
      return null;
    }
    source.publish(held, epoch);
    return held.token().from(from);
  }

  private Held held(StoredToken stored, long recordedSkew) {
    long skew = setup.clock().skewOr(recordedSkew);
    Lifetime lifetime =
        Lifetime.stored(stored.dueAt() - skew, stored.endsAt() - skew, setup.time());
    Instant expiresAt = Instant.ofEpochMilli(stored.endsAt() - skew);
    return new Held(
        new AccessToken(stored.value(), stored.type(), expiresAt, stored.scopes(), Source.CACHE),
        lifetime);
  }

  private @Nullable AccessToken redeem(Loaded loaded) throws InterruptedException {
    if (!session.livesInMemory()) {
      session.vault().prepare(loaded.session());
    }
    try (ExitGuard guard = ExitGuard.enter()) {
      Redemption redemption = new Redemption(setup, session, source, claims);
      Held brought = redemption.redeem(loaded);
      if (brought == null) {
        return null;
      }
      source.backoff().succeeded();
      source.publish(brought, epoch);
      AccessToken token = brought.token().from(Source.REFRESH);
      session.tell(listener -> listener.refreshed(session.account(), token));
      return token;
    } catch (LatchkeyException e) {
      source.backoff().failed(e);
      throw e;
    }
  }

  private SignInRequired over(Reason reason, String message) {
    return new SignInRequired(
        reason, claims, session.account().id(), message, null, "Sign in again.", null);
  }
}
