package dev.latchkey.testkit;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All grants and their refresh tokens. Thread-safe: redeeming a refresh token is one step under one
 * lock.
 */
final class Grants {

  static final OAuthFailure UNKNOWN =
      OAuthFailure.of("invalid_grant").aadsts(70000).suberror("bad_token");

  static final OAuthFailure REUSED =
      UNKNOWN.description(
          "The refresh token was redeemed before. The grant has been revoked, as it may have been"
              + " stolen.");

  static final OAuthFailure REVOKED = OAuthFailure.of("invalid_grant").aadsts(50173);

  static final OAuthFailure INACTIVE = OAuthFailure.of("invalid_grant").aadsts(700082);

  static final OAuthFailure PASSWORD_CHANGED = OAuthFailure.of("invalid_grant").aadsts(50133);

  private final Settings settings;
  private final ServerClock clock;
  private final Secrets secrets;
  private final Map<String, Grant> byRefreshToken = new HashMap<>();
  private final List<Grant> all = new ArrayList<>();
  private int redemptions;

  Grants(Settings settings, ServerClock clock, Secrets secrets) {
    this.settings = settings;
    this.clock = clock;
    this.secrets = secrets;
  }

  synchronized Redeemed begin(
      TestUser user, TestApp app, Set<String> scopes, List<JsonObject> claims) {
    var grant = new Grant(user, app, scopes, claims, clock.instant());
    all.add(grant);
    return new Redeemed(
        grant, scopes.contains(Scopes.OFFLINE_ACCESS) ? newRefreshToken(grant) : null);
  }

  /**
   * Redeems a refresh token, unless somebody objects.
   *
   * @param objections throws the {@link Refusal} if a grant that is good as such must not be used;
   *     nothing is redeemed then
   */
  synchronized Redeemed redeem(String refreshToken, Consumer<Grant> objections) {
    var grant = byRefreshToken.get(refreshToken);
    if (grant == null) {
      throw new Refusal(UNKNOWN);
    }
    var ended = grant.ended();
    if (ended != null) {
      throw new Refusal(ended);
    }
    if (settings.rotation == Rotation.STRICT && !refreshToken.equals(grant.newestRefreshToken())) {
      grant.end(REUSED, true);
      throw new Refusal(REUSED);
    }
    Instant now = clock.instant();
    if (now.isAfter(grant.lastUsed().plus(settings.refreshTokenLifetime))) {
      throw new Refusal(INACTIVE);
    }
    objections.accept(grant);
    grant.usedAt(now);
    redemptions++;
    return new Redeemed(grant, settings.rotation == Rotation.NONE ? null : newRefreshToken(grant));
  }

  private String newRefreshToken(Grant grant) {
    String token = secrets.token("1.fake-refresh.");
    grant.newestRefreshToken(token);
    byRefreshToken.put(token, grant);
    return token;
  }

  /** Ends all grants of a user, with their access tokens or without. */
  synchronized void end(String username, OAuthFailure reason, boolean withAccessTokens) {
    for (Grant grant : all) {
      if (grant.user().username().equalsIgnoreCase(username)) {
        grant.end(reason, withAccessTokens);
      }
    }
  }

  synchronized @Nullable Grant find(String refreshToken) {
    return byRefreshToken.get(refreshToken);
  }

  synchronized int redemptions() {
    return redemptions;
  }
}
