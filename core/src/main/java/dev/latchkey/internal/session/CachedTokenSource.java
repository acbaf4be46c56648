package dev.latchkey.internal.session;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.TokenSource;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.internal.concurrent.Futures;
import dev.latchkey.internal.time.Time;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens of one account and scope set: what is held in memory, and the flights that bring more.
 */
final class CachedTokenSource implements TokenSource {

  private static final Logger log = LoggerFactory.getLogger(CachedTokenSource.class);

  private final ClientConfig setup;
  private final Session session;
  private final Set<String> scopes;
  private final String key;
  private final String earlyKey;
  private final Time time;

  /** One for each thing that is wanted at the moment; all callers share it. */
  private final Map<TokenRequest, CompletableFuture<AccessToken>> flights =
      new ConcurrentHashMap<>();

  private volatile @Nullable CachedToken held;
  private volatile @Nullable String rejected;

  CachedTokenSource(ClientConfig setup, Session session, Set<String> scopes, String key) {
    this.setup = setup;
    this.session = session;
    this.scopes = scopes;
    this.key = key;
    this.earlyKey = key + " early";
    this.time = setup.time();
  }

  @Override
  public Account account() {
    return session.account();
  }

  @Override
  public AccessToken get() {
    CachedToken now = held;
    if (now != null && now.lifetime().isFresh(time)) {
      return now.token();
    }
    if (now != null && now.lifetime().isAlive(time)) {
      refreshBeside();
      return now.token();
    }
    AccessToken token = Futures.await(flight(TokenRequest.ALIVE));
    now = held;
    if (now != null && !now.lifetime().isFresh(time) && now.lifetime().isAlive(time)) {
      refreshBeside(); // it came from the store, alive and due
    }
    return token;
  }

  @Override
  public AccessToken getWithClaims(String claims) {
    return Futures.await(flight(TokenRequest.with(claims)));
  }

  @Override
  public AccessToken replace(AccessToken unwanted, @Nullable String claims) {
    TokenRequest wanted = TokenRequest.insteadOf(unwanted, claims);
    CachedToken other = heldThatMeets(wanted);
    if (other != null) {
      return other.token();
    }
    reject(unwanted.value());
    return Futures.await(flight(wanted));
  }

  /** A token in memory that is alive and would do. */
  @Nullable CachedToken heldThatMeets(TokenRequest wanted) {
    CachedToken now = held;
    return now != null && wanted.isMetBy(now) && now.lifetime().isAlive(time) ? now : null;
  }

  private void reject(String value) {
    synchronized (session) {
      CachedToken now = held;
      if (now == null ? rejected == null : now.token().value().equals(value)) {
        rejected = value;
        held = null;
      }
    }
  }

  private void refreshBeside() {
    if (session.backoff().isActive(earlyKey) || flights.containsKey(TokenRequest.EARLY)) {
      return;
    }
    Futures.then(
        flight(TokenRequest.EARLY),
        (token, failure) -> {
          if (failure != null) { // nobody is disturbed: the token in hand is good
            log.info("early refresh failed: {}", failure.getMessage());
          }
        });
  }

  private CompletableFuture<AccessToken> flight(TokenRequest wanted) {
    CompletableFuture<AccessToken> mine = new CompletableFuture<>();
    CompletableFuture<AccessToken> other = flights.putIfAbsent(wanted, mine);
    if (other != null) {
      return other;
    }
    TokenRefresh flight = new TokenRefresh(setup, session, this, wanted);
    Futures.then(
        Futures.callOn(setup.workers(), flight::fly),
        (token, failure) -> {
          if (wanted.early()) {
            noteEarly(failure);
          }
          flights.remove(wanted, mine);
          if (failure != null) {
            mine.completeExceptionally(failure);
          } else {
            mine.complete(token);
          }
        });
    return mine;
  }

  /** Whatever it failed for, the store too: the token in hand is good, and haste helps nobody. */
  private void noteEarly(@Nullable Throwable failure) {
    if (failure instanceof LatchkeyException e) {
      session.backoff().failedAlone(earlyKey, e);
    } else {
      session.backoff().succeededAlone(earlyKey);
    }
  }

  Set<String> scopes() {
    return scopes;
  }

  String key() {
    return key;
  }

  @Nullable CachedToken held() {
    return held;
  }

  boolean isRejected(String value) {
    return value.equals(rejected);
  }

  /** Puts a token that was there into memory, unless one is held that is better. */
  void adopt(CachedToken token, int epoch) {
    synchronized (session) {
      CachedToken now = held;
      boolean better =
          now == null
              || !now.lifetime().isFresh(time)
              || now.lifetime().left(time).compareTo(token.lifetime().left(time)) < 0;
      if (better && epoch == session.epoch() && !isRejected(token.token().value())) {
        held = token;
      }
    }
  }

  /** Puts a token that was just issued into memory, unless a sign-in or sign-out came between. */
  void publish(CachedToken token, int epoch) {
    synchronized (session) {
      if (epoch == session.epoch()) {
        if (isRejected(token.token().value())) {
          rejected = null; // the server insists; to refuse it would mean a request at every call
        }
        held = token;
      }
    }
  }

  /** After a sign-in or sign-out: nobody joins a flight that set out before. */
  void reset() {
    held = null;
    rejected = null;
    flights.clear();
  }
}
