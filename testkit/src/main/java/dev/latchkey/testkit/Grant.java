package dev.latchkey.testkit;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person granted to an app in one sign-in: the family of all tokens that come of it.
 * Thread-safe.
 */
final class Grant {

  private final TestUser user;
  private final TestApp app;
  private final Set<String> scopes;
  private final List<JsonObject> claims;
  private @Nullable String newestRefreshToken;
  private Instant lastUsed;
  private @Nullable OAuthFailure ended;
  private boolean accessTokensDead;

  Grant(TestUser user, TestApp app, Set<String> scopes, List<JsonObject> claims, Instant now) {
    this.user = user;
    this.app = app;
    this.scopes = scopes;
    this.claims = claims;
    this.lastUsed = now;
  }

  TestUser user() {
    return user;
  }

  TestApp app() {
    return app;
  }

  Set<String> scopes() {
    return scopes;
  }

  /** The claims that the sign-in asked for. */
  List<JsonObject> claims() {
    return claims;
  }

  synchronized @Nullable String newestRefreshToken() {
    return newestRefreshToken;
  }

  synchronized void newestRefreshToken(String token) {
    newestRefreshToken = token;
  }

  synchronized Instant lastUsed() {
    return lastUsed;
  }

  synchronized void usedAt(Instant now) {
    lastUsed = now;
  }

  /** What a refresh is answered from now on, or null as long as the grant lives. */
  synchronized @Nullable OAuthFailure ended() {
    return ended;
  }

  synchronized boolean areAccessTokensDead() {
    return accessTokensDead;
  }

  /** Ends the grant; of several reasons the first stays. */
  synchronized void end(OAuthFailure reason, boolean withAccessTokens) {
    if (ended == null) {
      ended = reason;
    }
    accessTokensDead |= withAccessTokens;
  }
}
