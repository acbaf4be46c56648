package dev.latchkey.testkit.internal.oauth;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.TestApp;
import dev.latchkey.testkit.TestUser;
import dev.latchkey.testkit.internal.grant.ScopeLists;
import dev.latchkey.testkit.internal.grant.ServerSettings;
import dev.latchkey.testkit.internal.grant.UserGrant;
import dev.latchkey.testkit.internal.http.StableId;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The claims of ID tokens and of JWT access tokens, as in Entra ID's version 2.0. */
final class TokenClaims {

  private TokenClaims() {}

  static JsonObject claims(
      UserGrant grant,
      Set<String> scopes,
      @Nullable String nonce,
      String issuer,
      Instant now,
      ServerSettings settings) {
    var user = grant.user();
    var claims = new JsonObject();
    claims.addProperty("aud", grant.app().clientId());
    addTimes(claims, issuer, now, now.plus(settings.tokenLifetime));
    claims.addProperty("sub", subject(user, grant.app()));
    claims.addProperty("tid", user.tenantId());
    if (scopes.contains(ScopeLists.PROFILE)) {
      claims.addProperty("name", user.name());
      claims.addProperty("oid", user.objectId());
      claims.addProperty("preferred_username", user.username());
    }
    if (scopes.contains(ScopeLists.EMAIL)) {
      claims.addProperty("email", user.username());
    }
    if (nonce != null) {
      claims.addProperty("nonce", nonce);
    }
    claims.addProperty("uti", UUID.randomUUID().toString());
    claims.addProperty("ver", "2.0");
    settings.idTokenClaims.forEach((name, value) -> override(claims, name, value));
    return claims;
  }

  static JsonObject accessClaims(
      UserGrant grant, Set<String> scopes, String issuer, Instant now, Instant expiry) {
    var claims = new JsonObject();
    claims.addProperty("aud", "https://graph.microsoft.com");
    addTimes(claims, issuer, now, expiry);
    claims.addProperty("appid", grant.app().clientId());
    claims.addProperty("oid", grant.user().objectId());
    claims.addProperty("scp", String.join(" ", ScopeLists.ofResources(scopes)));
    claims.addProperty("tid", grant.user().tenantId());
    // Makes two tokens of the same second differ.
    claims.addProperty("uti", UUID.randomUUID().toString());
    return claims;
  }

  /** Pairwise, as at Entra ID: different in each app. */
  static String subject(TestUser user, TestApp app) {
    return StableId.of("sub:" + user.objectId() + " at " + app.clientId());
  }

  private static void addTimes(JsonObject claims, String issuer, Instant now, Instant expiry) {
    claims.addProperty("iss", issuer);
    claims.addProperty("iat", now.getEpochSecond());
    claims.addProperty("nbf", now.getEpochSecond());
    claims.addProperty("exp", expiry.getEpochSecond());
  }

  private static void override(JsonObject claims, String name, Object value) {
    if (value == ServerSettings.LEFT_OUT) {
      claims.remove(name);
    } else if (value instanceof Number number) {
      claims.addProperty(name, number);
    } else if (value instanceof Boolean flag) {
      claims.addProperty(name, flag);
    } else {
      claims.addProperty(name, value.toString());
    }
  }
}
