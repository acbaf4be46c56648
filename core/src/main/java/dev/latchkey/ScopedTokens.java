package dev.latchkey;

import dev.latchkey.time.Time;
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
final class ScopedTokens implements TokenSource {

  private static final Logger log = LoggerFactory.getLogger(ScopedTokens.class);

  private static final String ALIVE = "alive";
  private static final String EARLY = "early";
  private static final int MOST_REPLACEMENTS = 3;

  private final ClientSetup setup;
  private final Session session;
  private final Set<String> scopes;
  private final String key;
  private final Time time;
  private final Backoff backoff;

  /** One for each thing that can be asked for at a time; all callers share it. */
  private final Map<String, CompletableFuture<AccessToken>> flights = new ConcurrentHashMap<>();

  private volatile @Nullable Held held;
  private volatile @Nullable String rejected;

  ScopedTokens(ClientSetup setup, Session session, Set<String> scopes, String key) {
    this.setup = setup;
    this.session = session;
    this.scopes = scopes;
    this.key = key;
    this.time = setup.time();
    this.backoff = new Backoff(setup.time());
  }

  @Override
  public Account account() {
    return session.account();
  }

  @Override
  public AccessToken get() {
    Held now = held;
    if (now != null && now.lifetime().isFresh(time)) {
      return now.token();
    }
    if (now != null && now.lifetime().isAlive(time)) {
      refreshBeside();
      return now.token();
    }
    AccessToken token = Futures.await(flight(ALIVE, null));
    now = held;
    if (now != null && !now.lifetime().isFresh(time) && now.lifetime().isAlive(time)) {
      refreshBeside(); // it came from the store, alive and due
    }
    return token;
  }

  @Override
  public AccessToken get(String claims) {
    return Futures.await(flight(Claims.parse(claims).toString(), claims));
  }

  @Override
  public AccessToken replace(AccessToken unwanted, @Nullable String claims) {
    Held now = held;
    if (now != null && !now.token().value().equals(unwanted.value()) && isUsable(now)) {
      return now.token();
    }
    reject(unwanted.value());
    AccessToken token = unwanted;
    for (int i = 0; i < MOST_REPLACEMENTS && token.value().equals(unwanted.value()); i++) {
      token = claims == null ? Futures.await(flight(ALIVE, null)) : get(claims);
    }
    return token;
  }

  private boolean isUsable(Held token) {
    return token.lifetime().isAlive(time);
  }

  private void reject(String value) {
    synchronized (session) {
      rejected = value;
      Held now = held;
      if (now != null && now.token().value().equals(value)) {
        held = null;
      }
    }
  }

  private void refreshBeside() {
    if (backoff.isActive() || flights.containsKey(EARLY)) {
      return;
    }
    Futures.then(
        flight(EARLY, null),
        (token, failure) -> {
          if (failure != null) { // nobody is disturbed: the token in hand is good
            log.info("early refresh failed: {}", failure.getMessage());
          }
        });
  }

  private CompletableFuture<AccessToken> flight(String what, @Nullable String claims) {
    CompletableFuture<AccessToken> mine = new CompletableFuture<>();
    CompletableFuture<AccessToken> other = flights.putIfAbsent(what, mine);
    if (other != null) {
      return other;
    }
    TokenFlight flight = new TokenFlight(setup, session, this, claims, what.equals(EARLY));
    Futures.then(
        Futures.callOn(setup.workers(), flight::fly),
        (token, failure) -> {
          flights.remove(what, mine);
          if (failure != null) {
            mine.completeExceptionally(failure);
          } else {
            mine.complete(token);
          }
        });
    return mine;
  }

  Set<String> scopes() {
    return scopes;
  }

  String key() {
    return key;
  }

  Backoff backoff() {
    return backoff;
  }

  @Nullable Held held() {
    return held;
  }

  boolean isRejected(String value) {
    return value.equals(rejected);
  }

  /** Puts a token into memory, unless a sign-in or sign-out came between. */
  void publish(Held token, int epoch) {
    synchronized (session) {
      if (epoch == session.epoch() && !isRejected(token.token().value())) {
        held = token;
      }
    }
  }

  void reset() {
    held = null;
    rejected = null;
    backoff.succeeded();
  }
}
