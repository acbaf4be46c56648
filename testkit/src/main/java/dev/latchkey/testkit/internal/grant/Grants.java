package dev.latchkey.testkit.internal.grant;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.OAuthFailure;
import dev.latchkey.testkit.Rotation;
import dev.latchkey.testkit.TestApp;
import dev.latchkey.testkit.TestUser;
import dev.latchkey.testkit.internal.http.MovableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All grants and their refresh tokens. Thread-safe: a refresh token is redeemed atomically. */
public final class Grants {

  public static final OAuthFailure UNKNOWN =
      OAuthFailure.of("invalid_grant").aadsts(70000).suberror("bad_token");

  static final OAuthFailure REUSED =
      UNKNOWN.description(
          "The refresh token was redeemed before. The grant has been revoked, as it may have been"
              + " stolen.");

  public static final OAuthFailure REVOKED = OAuthFailure.of("invalid_grant").aadsts(50173);

  static final OAuthFailure INACTIVE = OAuthFailure.of("invalid_grant").aadsts(700082);

  public static final OAuthFailure PASSWORD_CHANGED =
      OAuthFailure.of("invalid_grant").aadsts(50133);

  private final ServerSettings settings;
  private final MovableClock clock;
  private final IssuedSecrets secrets;
  private final Map<String, UserGrant> byRefreshToken = new HashMap<>();
  private final List<UserGrant> all = new ArrayList<>();
  private int redemptions;

  public Grants(ServerSettings settings, MovableClock clock, IssuedSecrets secrets) {
    this.settings = settings;
    this.clock = clock;
    this.secrets = secrets;
  }

  public synchronized Redeemed begin(
      TestUser user, TestApp app, Set<String> scopes, List<JsonObject> claims) {
    var grant = new UserGrant(user, app, scopes, claims, clock.instant());
    all.add(grant);
    return new Redeemed(
        grant, scopes.contains(ScopeLists.OFFLINE_ACCESS) ? newRefreshToken(grant) : null);
  }

  /**
   * Redeems a refresh token.
   *
   * @param check throws a {@link Refusal} if a valid grant must not be used now; then nothing is
   *     redeemed
   */
  public synchronized Redeemed redeem(String refreshToken, Consumer<UserGrant> check) {
    var grant = byRefreshToken.get(refreshToken);
    if (grant == null) {
      throw new Refusal(UNKNOWN);
    }
    var ended = grant.ended();
    if (ended != null) {
      throw new Refusal(ended);
    }
    if (settings.rotation == Rotation.STRICT && !refreshToken.equals(grant.newestRefreshToken())) {
      grant.end(REUSED);
      throw new Refusal(REUSED);
    }
    Instant now = clock.instant();
    if (now.isAfter(grant.lastUsed().plus(settings.refreshTokenLifetime))) {
      throw new Refusal(INACTIVE);
    }
    check.accept(grant);
    grant.usedAt(now);
    redemptions++;
    return new Redeemed(grant, settings.rotation == Rotation.NONE ? null : newRefreshToken(grant));
  }

  private String newRefreshToken(UserGrant grant) {
    String token = secrets.token("1.fake-refresh.");
    grant.newestRefreshToken(token);
    byRefreshToken.put(token, grant);
    return token;
  }

  /** Ends all grants of a user, with all their tokens. */
  public synchronized void end(String username, OAuthFailure reason) {
    for (UserGrant grant : all) {
      if (grant.user().username().equalsIgnoreCase(username)) {
        grant.end(reason);
      }
    }
  }

  public synchronized @Nullable UserGrant find(String refreshToken) {
    return byRefreshToken.get(refreshToken);
  }

  public synchronized int redemptions() {
    return redemptions;
  }
}
