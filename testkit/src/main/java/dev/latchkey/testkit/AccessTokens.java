package dev.latchkey.testkit;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The access tokens that are out. Thread-safe. */
final class AccessTokens {

  /** From so many on, the expired ones are dropped before another is kept. */
  private static final int CROWDED = 50_000;

  private final ConcurrentMap<String, AccessToken> byValue = new ConcurrentHashMap<>();
  private final ServerClock clock;

  AccessTokens(ServerClock clock) {
    this.clock = clock;
  }

  void add(AccessToken token) {
    if (byValue.size() >= CROWDED) {
      byValue.values().removeIf(old -> !old.isValidAt(clock.instant()));
    }
    byValue.put(token.value(), token);
  }

  /** The token if it is good for anything now. */
  @Nullable AccessToken findValid(String value) {
    var token = byValue.get(value);
    return token != null && token.isValidAt(clock.instant()) ? token : null;
  }

  void revoke(String value) {
    byValue.remove(value);
  }

  void revokeAll() {
    byValue.clear();
  }
}
