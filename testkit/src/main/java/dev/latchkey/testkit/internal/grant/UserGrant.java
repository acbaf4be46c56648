package dev.latchkey.testkit.internal.grant;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.OAuthFailure;
import dev.latchkey.testkit.TestApp;
import dev.latchkey.testkit.TestUser;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a user granted to an app in one sign-in, with all tokens issued for it. Thread-safe. */
public final class UserGrant {

  private final TestUser user;
  private final TestApp app;
  private final Set<String> scopes;
  private final List<JsonObject> claims;
  private @Nullable String newestRefreshToken;
  private Instant lastUsed;
  private @Nullable OAuthFailure ended;

  UserGrant(TestUser user, TestApp app, Set<String> scopes, List<JsonObject> claims, Instant now) {
    this.user = user;
    this.app = app;
    this.scopes = scopes;
    this.claims = claims;
    this.lastUsed = now;
  }

  public TestUser user() {
    return user;
  }

  public TestApp app() {
    return app;
  }

  public Set<String> scopes() {
    return scopes;
  }

  /** The claims that the sign-in requested. */
  public List<JsonObject> claims() {
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

  /** Why the grant has ended: what a refresh is answered. Null while it is valid. */
  synchronized @Nullable OAuthFailure ended() {
    return ended;
  }

  /** Ends the grant with all its tokens. The first reason stays. */
  public synchronized void end(OAuthFailure reason) {
    if (ended == null) {
      ended = reason;
    }
  }
}
