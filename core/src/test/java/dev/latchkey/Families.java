package dev.latchkey;

import dev.latchkey.ScriptedServer.Request;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Function;

/**
 * A token endpoint where people sign in again and again: each sign-in is a family of refresh tokens
 * of its own, rotated strictly. Now and then it fails, always before it acts.
 */
final class Families implements Function<Request, Answer> {

  private static final int ONE_FAILURE_IN = 8;

  private final Random random;
  private final Map<String, Integer> familyOf = new HashMap<>();
  private final Map<Integer, String> newest = new HashMap<>();
  private final Set<String> reused = new CopyOnWriteArraySet<>();
  private int issued;

  Families(long seed) {
    random = new Random(seed);
    familyOf.put(RefreshRun.REFRESH_TOKEN, 0);
    newest.put(0, RefreshRun.REFRESH_TOKEN);
  }

  /** The refresh tokens that were used when they were not the newest of their family. */
  Set<String> reused() {
    return reused;
  }

  synchronized int issued() {
    return issued;
  }

  /** Whether it would be redeemed. */
  synchronized boolean isGood(String refreshToken) {
    Integer family = familyOf.get(refreshToken);
    return family != null && refreshToken.equals(newest.get(family));
  }

  @Override
  public synchronized Answer apply(Request request) {
    if (random.nextInt(ONE_FAILURE_IN) == 0) {
      return failure();
    }
    if (!request.form().containsKey("refresh_token")) {
      return tokens(familyOf.size());
    }
    String sent = request.form().getOrDefault("refresh_token", "");
    if (!isGood(sent)) {
      reused.add(sent);
      return Answer.error("invalid_grant");
    }
    return tokens(familyOf.getOrDefault(sent, -1));
  }

  private Answer tokens(int family) {
    issued++;
    String refreshToken = "refresh-" + issued;
    familyOf.put(refreshToken, family);
    newest.put(family, refreshToken);
    return Answer.json(
        200,
        Body.tokens()
            .with("access_token", "access-" + issued)
            .with("refresh_token", refreshToken)
            .with("expires_in", 600));
  }

  private Answer failure() {
    return switch (random.nextInt(5)) {
      case 0 -> Answer.page(429, "text/plain", "slow", "Retry-After: 5");
      case 1 -> Answer.html(503);
      case 2 -> Answer.html(500);
      case 3 -> Answer.reset();
      default -> Answer.html(200);
    };
  }
}
