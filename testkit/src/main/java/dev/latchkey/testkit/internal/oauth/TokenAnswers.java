package dev.latchkey.testkit.internal.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.TestUser;
import dev.latchkey.testkit.internal.grant.IssuedSecrets;
import dev.latchkey.testkit.internal.grant.IssuedToken;
import dev.latchkey.testkit.internal.grant.IssuedTokens;
import dev.latchkey.testkit.internal.grant.Redeemed;
import dev.latchkey.testkit.internal.grant.ScopeLists;
import dev.latchkey.testkit.internal.grant.ServerSettings;
import dev.latchkey.testkit.internal.grant.UserGrant;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import dev.latchkey.testkit.internal.http.MovableClock;
import dev.latchkey.testkit.internal.http.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Issues access and ID tokens and writes the token response (RFC 6749 §5.1). */
final class TokenAnswers {

  private final ServerSettings settings;
  private final MovableClock clock;
  private final IssuedSecrets secrets;
  private final IssuedTokens accessTokens;
  private final byte[] signingKey;

  TokenAnswers(
      ServerSettings settings,
      MovableClock clock,
      IssuedSecrets secrets,
      IssuedTokens accessTokens) {
    this.settings = settings;
    this.clock = clock;
    this.secrets = secrets;
    this.accessTokens = accessTokens;
    this.signingKey = secrets.bytes(32);
  }

  /** Issues the tokens of a request that had no nonce. */
  HttpAnswer issue(
      Redeemed redeemed, Set<String> scopes, List<JsonObject> claims, Request request) {
    return issue(redeemed, scopes, claims, null, request);
  }

  /**
   * Issues the tokens that these scopes call for.
   *
   * @param claims what this request and the sign-in requested
   * @param nonce that of the authorization request, for the ID token; null if it had none
   */
  HttpAnswer issue(
      Redeemed redeemed,
      Set<String> scopes,
      List<JsonObject> claims,
      @Nullable String nonce,
      Request request) {
    var grant = redeemed.grant();
    String issuer = request.baseUrl() + "/" + grant.user().tenantId() + "/v2.0";
    Instant now = clock.instant();
    var lifetime = settings.tokenLifetime;

    var body = new JsonObject();
    body.addProperty("token_type", settings.tokenType);
    body.addProperty("scope", ScopeLists.echo(scopes));
    body.addProperty("expires_in", lifetime.toSeconds());
    body.addProperty("ext_expires_in", lifetime.toSeconds());
    addRefreshIn(body);
    body.addProperty("access_token", accessToken(grant, scopes, claims, issuer, now, lifetime));
    if (redeemed.refreshToken() != null) {
      body.addProperty("refresh_token", redeemed.refreshToken());
    }
    if (scopes.contains(ScopeLists.OPENID)) {
      body.addProperty(
          "id_token", idToken(TokenClaims.claims(grant, scopes, nonce, issuer, now, settings)));
    }
    if ("1".equals(request.form("client_info"))) {
      body.addProperty("client_info", clientInfo(grant.user()));
    }
    return HttpAnswer.json(200, body)
        .with("Cache-Control", "no-store, no-cache")
        .with("Pragma", "no-cache");
  }

  /** Who signed in, as the MSAL libraries ask for it and name their accounts by. */
  private static String clientInfo(TestUser user) {
    var who = new JsonObject();
    who.addProperty("uid", user.objectId());
    who.addProperty("utid", user.tenantId());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(who.toString().getBytes(UTF_8));
  }

  private void addRefreshIn(JsonObject body) {
    var refreshIn = settings.refreshIn;
    if (refreshIn != null) {
      body.addProperty("refresh_in", refreshIn.toSeconds());
    }
  }

  private String accessToken(
      UserGrant grant,
      Set<String> scopes,
      List<JsonObject> claims,
      String issuer,
      Instant now,
      Duration lifetime) {
    Instant expiry = now.plus(lifetime);
    String value =
        settings.jwtAccessTokens
            ? secrets.remember(
                JwtWriter.signed(
                    TokenClaims.accessClaims(grant, scopes, issuer, now, expiry), signingKey))
            : secrets.token("fake-access.");
    accessTokens.add(new IssuedToken(value, grant, scopes, claims, expiry));
    return value;
  }

  private String idToken(JsonObject claims) {
    return secrets.remember(
        settings.signedIdTokens
            ? JwtWriter.signed(claims, signingKey)
            : JwtWriter.unsigned(claims));
  }
}
