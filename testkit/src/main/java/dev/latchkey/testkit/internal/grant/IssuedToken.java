package dev.latchkey.testkit.internal.grant;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * An issued access token.
 *
 * @param claims what the sign-in or the refresh requested
 */
public record IssuedToken(
    String value, UserGrant grant, Set<String> scopes, List<JsonObject> claims, Instant expiresAt) {

  boolean isValidAt(Instant now) {
    return now.isBefore(expiresAt) && grant.ended() == null;
  }

  @Override
  public String toString() {
    return "an access token of " + grant.user().username();
  }
}
