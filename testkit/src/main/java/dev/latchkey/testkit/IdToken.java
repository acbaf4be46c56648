package dev.latchkey.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * The claims of ID tokens and of access tokens that are JWTs, as Entra ID sends them in version
 * 2.0.
 */
final class IdToken {

  private IdToken() {}

  static JsonObject claims(
      Grant grant, Set<String> scopes, String issuer, Instant now, Settings settings) {
    var user = grant.user();
    var claims = new JsonObject();
    claims.addProperty("aud", grant.app().clientId());
    addTimes(claims, issuer, now, now.plus(settings.tokenLifetime));
    claims.addProperty("sub", subject(user, grant.app()));
    claims.addProperty("tid", user.tenantId());
    if (scopes.contains(Scopes.PROFILE)) {
      claims.addProperty("name", user.name());
      claims.addProperty("oid", user.objectId());
      claims.addProperty("preferred_username", user.username());
    }
    if (scopes.contains(Scopes.EMAIL)) {
      claims.addProperty("email", user.username());
    }
    claims.addProperty("uti", UUID.randomUUID().toString());
    claims.addProperty("ver", "2.0");
    settings.idTokenClaims.forEach((name, value) -> override(claims, name, value));
    return claims;
  }

  static JsonObject accessClaims(
      Grant grant, Set<String> scopes, String issuer, Instant now, Instant expiry) {
    var claims = new JsonObject();
    claims.addProperty("aud", "https://graph.microsoft.com");
    addTimes(claims, issuer, now, expiry);
    claims.addProperty("appid", grant.app().clientId());
    claims.addProperty("oid", grant.user().objectId());
    claims.addProperty("scp", String.join(" ", Scopes.ofResources(scopes)));
    claims.addProperty("tid", grant.user().tenantId());
    // What makes two tokens of one second differ.
    claims.addProperty("uti", UUID.randomUUID().toString());
    return claims;
  }

  /** Pairwise, as Entra ID's: another one in each app. */
  static String subject(TestUser user, TestApp app) {
    String seed = "sub:" + user.objectId() + " at " + app.clientId();
    return UUID.nameUUIDFromBytes(seed.getBytes(UTF_8)).toString();
  }

  private static void addTimes(JsonObject claims, String issuer, Instant now, Instant expiry) {
    claims.addProperty("iss", issuer);
    claims.addProperty("iat", now.getEpochSecond());
    claims.addProperty("nbf", now.getEpochSecond());
    claims.addProperty("exp", expiry.getEpochSecond());
  }

  private static void override(JsonObject claims, String name, Object value) {
    if (value == Settings.LEFT_OUT) {
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
