package dev.latchkey.testkit;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Issues access and ID tokens and writes the token answer (RFC 6749 §5.1). */
final class TokenAnswers {

  private final Settings settings;
  private final ServerClock clock;
  private final Secrets secrets;
  private final AccessTokens accessTokens;
  private final byte[] signingKey;

  TokenAnswers(Settings settings, ServerClock clock, Secrets secrets, AccessTokens accessTokens) {
    this.settings = settings;
    this.clock = clock;
    this.secrets = secrets;
    this.accessTokens = accessTokens;
    this.signingKey = secrets.bytes(32);
  }

  /**
   * Issues what these scopes ask for.
   *
   * @param claims those asked for in this request and in the sign-in
   */
  Answer issue(Redeemed redeemed, Set<String> scopes, List<JsonObject> claims, Request request) {
    var grant = redeemed.grant();
    String issuer = request.baseUrl() + "/" + grant.user().tenantId() + "/v2.0";
    Instant now = clock.instant();
    var lifetime = settings.tokenLifetime;

    var body = new JsonObject();
    body.addProperty("token_type", settings.tokenType);
    body.addProperty("scope", Scopes.echo(scopes));
    body.addProperty("expires_in", lifetime.toSeconds());
    body.addProperty("ext_expires_in", lifetime.toSeconds());
    addRefreshIn(body);
    body.addProperty("access_token", accessToken(grant, scopes, claims, issuer, now, lifetime));
    if (redeemed.refreshToken() != null) {
      body.addProperty("refresh_token", redeemed.refreshToken());
    }
    if (scopes.contains(Scopes.OPENID)) {
      body.addProperty("id_token", idToken(IdToken.claims(grant, scopes, issuer, now, settings)));
    }
    return Answer.json(200, body)
        .with("Cache-Control", "no-store, no-cache")
        .with("Pragma", "no-cache");
  }

  private void addRefreshIn(JsonObject body) {
    var refreshIn = settings.refreshIn;
    if (refreshIn != null) {
      body.addProperty("refresh_in", refreshIn.toSeconds());
    }
  }

  private String accessToken(
      Grant grant,
      Set<String> scopes,
      List<JsonObject> claims,
      String issuer,
      Instant now,
      Duration lifetime) {
    Instant expiry = now.plus(lifetime);
    String value =
        settings.jwtAccessTokens
            ? secrets.remember(
                Jwt.signed(IdToken.accessClaims(grant, scopes, issuer, now, expiry), signingKey))
            : secrets.token("fake-access.");
    accessTokens.add(new AccessToken(value, grant, scopes, claims, expiry));
    return value;
  }

  private String idToken(JsonObject claims) {
    return secrets.remember(
        settings.signedIdTokens ? Jwt.signed(claims, signingKey) : Jwt.unsigned(claims));
  }
}
