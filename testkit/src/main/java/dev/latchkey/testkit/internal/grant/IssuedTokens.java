package dev.latchkey.testkit.internal.grant;

import dev.latchkey.testkit.internal.http.MovableClock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The issued access tokens. Thread-safe. */
public final class IssuedTokens {

  /** From this many on, expired tokens are removed before another is added. */
  private static final int CLEAN_UP_AT = 50_000;

  private final ConcurrentMap<String, IssuedToken> byValue = new ConcurrentHashMap<>();
  private final MovableClock clock;

  public IssuedTokens(MovableClock clock) {
    this.clock = clock;
  }

  public void add(IssuedToken token) {
    if (byValue.size() >= CLEAN_UP_AT) {
      byValue.values().removeIf(old -> !old.isValidAt(clock.instant()));
    }
    byValue.put(token.value(), token);
  }

  /** The token if it is valid now, or null. */
  public @Nullable IssuedToken findValid(String value) {
    var token = byValue.get(value);
    return token != null && token.isValidAt(clock.instant()) ? token : null;
  }

  public void revoke(String value) {
    byValue.remove(value);
  }

  public void revokeAll() {
    byValue.clear();
  }
}
