package dev.latchkey.internal.session;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.TokenSource;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.internal.concurrent.Futures;
import dev.latchkey.internal.oauth.Claims;
import dev.latchkey.internal.time.Time;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tokens of one account and scope set: from memory, or by a refresh that callers share. */
final class CachedTokenSource implements TokenSource {

  private static final Logger log = LoggerFactory.getLogger(CachedTokenSource.class);

  /** A refresh that callers may join; after a sign-in or sign-out they start another one. */
  private record RefreshKey(TokenRequest request, int generation) {}

  private final ClientConfig config;
  private final Session session;
  private final TokenCache cache;
  private final String earlyKey;
  private final Time time;
  private final Map<RefreshKey, CompletableFuture<AccessToken>> running = new ConcurrentHashMap<>();

  CachedTokenSource(ClientConfig config, Session session, TokenCache cache) {
    this.config = config;
    this.session = session;
    this.cache = cache;
    this.earlyKey = cache.scopeKey() + " early";
    this.time = config.time();
  }

  @Override
  public Account account() {
    return session.account();
  }

  @Override
  public AccessToken get() {
    AccessToken inMemory = inMemory();
    if (inMemory != null) {
      return inMemory;
    }
    AccessToken token = Futures.await(refresh(TokenRequest.ALIVE));
    AccessToken unused = inMemory(); // it came from the store, alive and due: refreshes beside it
    return token;
  }

  @Override
  public CompletableFuture<AccessToken> getAsync() {
    AccessToken inMemory = inMemory();
    if (inMemory != null) {
      return CompletableFuture.completedFuture(inMemory);
    }
    CompletableFuture<AccessToken> refresh = refresh(TokenRequest.ALIVE);
    Futures.then(
        refresh,
        (token, failure) -> {
          AccessToken unused = inMemory();
        });
    return Futures.copyOn(config.callbacks(), refresh);
  }

  /** The token in memory, if it is alive; starts a refresh beside it if it is due. */
  private @Nullable AccessToken inMemory() {
    CachedToken cached = cache.token();
    if (cached == null) {
      return null;
    }
    if (cached.lifetime().isFresh(time)) {
      return cached.token();
    }
    if (cached.lifetime().isAlive(time)) {
      refreshInBackground();
      return cached.token();
    }
    return null;
  }

  @Override
  public AccessToken getWithClaims(String claims) {
    return Futures.await(refresh(TokenRequest.with(Claims.parse(claims))));
  }

  @Override
  public CompletableFuture<AccessToken> getAsync(String claims) {
    return Futures.copyOn(config.callbacks(), refresh(TokenRequest.with(Claims.parse(claims))));
  }

  @Override
  public AccessToken replace(AccessToken rejected, @Nullable String claims) {
    return Futures.await(replacement(rejected, claims));
  }

  @Override
  public CompletableFuture<AccessToken> replaceAsync(
      AccessToken rejected, @Nullable String claims) {
    return Futures.copyOn(config.callbacks(), replacement(rejected, claims));
  }

  private CompletableFuture<AccessToken> replacement(
      AccessToken rejected, @Nullable String claims) {
    TokenRequest request =
        TokenRequest.insteadOf(rejected, claims == null ? null : Claims.parse(claims));
    CachedToken other = cache.tokenFor(request);
    if (other != null) {
      return CompletableFuture.completedFuture(other.token());
    }
    cache.reject(rejected.value());
    return refresh(request);
  }

  private void refreshInBackground() {
    if (session.backoff().isActive(earlyKey) || running.containsKey(key(TokenRequest.EARLY))) {
      return;
    }
    Futures.then(
        refresh(TokenRequest.EARLY),
        (token, failure) -> {
          if (failure != null) { // nobody is disturbed: the token in hand is good
            log.info("early refresh failed: {}", failure.getMessage());
          }
        });
  }

  /** Waits until the refreshes that are under way have ended, well or not. */
  void awaitRefreshes() {
    for (CompletableFuture<AccessToken> refresh : running.values()) {
      boolean unused = Futures.await(refresh.handle((token, failure) -> failure == null));
    }
  }

  private RefreshKey key(TokenRequest request) {
    return new RefreshKey(request, session.store().generation());
  }

  /** Joins the refresh that brings what is requested, or starts it on a worker. */
  private CompletableFuture<AccessToken> refresh(TokenRequest request) {
    RefreshKey key = key(request);
    CompletableFuture<AccessToken> mine = new CompletableFuture<>();
    CompletableFuture<AccessToken> other = running.putIfAbsent(key, mine);
    if (other != null) {
      return other;
    }
    TokenRefresh refresh = new TokenRefresh(config, session, cache, request);
    Futures.then(
        refresh.run(),
        (token, failure) -> {
          if (request.early()) {
            noteEarly(failure);
          }
          running.remove(key, mine);
          if (failure != null) {
            mine.completeExceptionally(failure);
          } else {
            mine.complete(token);
          }
        });
    return mine;
  }

  /** Whatever it failed for, even the store: the token in hand is good, and haste helps nobody. */
  private void noteEarly(@Nullable Throwable failure) {
    if (failure instanceof LatchkeyException e) {
      CachedToken cached = cache.token();
      if (cached == null) {
        session.backoff().failedAlone(earlyKey, e);
      } else {
        session.backoff().failedEarly(earlyKey, e, cached.lifetime().left(time));
      }
    } else {
      session.backoff().succeededAlone(earlyKey);
    }
  }
}
