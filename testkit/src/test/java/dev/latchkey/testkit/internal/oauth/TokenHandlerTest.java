package dev.latchkey.testkit.internal.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testkit.TestUser;
import dev.latchkey.testkit.fixture.HttpApp;
import dev.latchkey.testkit.fixture.ServerFixture;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenHandlerTest extends ServerFixture {

  @Test
  void idTokenSaysWhoIsSignedInAndWhere() throws Exception {
    var user = TestUser.of(ADELE).named("Adele Vance");

    var claims = app.signIn(server, ADELE).idClaims();

    assertThat(claims.get("iss").getAsString())
        .isEqualTo(server.issuer("contoso.example").toString());
    assertThat(claims.get("aud").getAsString()).isEqualTo(HttpApp.CLIENT_ID);
    assertThat(claims.get("tid").getAsString()).isEqualTo(user.tenantId());
    assertThat(claims.get("oid").getAsString()).isEqualTo(user.objectId());
    assertThat(claims.get("preferred_username").getAsString()).isEqualTo(ADELE);
    assertThat(claims.get("name").getAsString()).isEqualTo("Adele Vance");
    assertThat(claims.get("exp").getAsLong() - claims.get("iat").getAsLong()).isEqualTo(3600);
    assertThat(Instant.ofEpochSecond(claims.get("iat").getAsLong()))
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
  }

  @Test
  void subjectDiffersInEachApp() throws Exception {
    var here = app.signIn(server, ADELE);
    server.approveNext(ADELE);
    var begun = app.begin("common", Map.of("client_id", "another"));
    var there = app.poll(begun, Map.of("client_id", "another"));

    assertThat(here.idClaims().get("sub")).isNotEqualTo(there.idClaims().get("sub"));
    assertThat(here.idClaims().get("oid")).isEqualTo(there.idClaims().get("oid"));
  }

  @Test
  void idTokenIsSignedUnlessSetOtherwise() throws Exception {
    var signed = app.signIn(server, ADELE);

    server.settings().signedIdTokens(false);
    var unsigned = app.signIn(server, ADELE);

    assertThat(signed.part("id_token", 0).get("alg").getAsString()).isEqualTo("HS256");
    assertThat(signed.get("id_token").split("\\.", -1)[2]).hasSize(43);
    assertThat(unsigned.part("id_token", 0).get("alg").getAsString()).isEqualTo("none");
    assertThat(unsigned.get("id_token")).endsWith(".");
  }

  @Test
  void claimsOfTheIdTokenCanBeForged() throws Exception {
    server.settings().idTokenClaim("iss", "https://evil.example").idTokenClaim("tid", null);
    server.settings().idTokenClaim("exp", 1).idTokenClaim("email_verified", true);

    var claims = app.signIn(server, ADELE).idClaims();

    assertThat(claims.get("iss").getAsString()).isEqualTo("https://evil.example");
    assertThat(claims.has("tid")).isFalse();
    assertThat(claims.get("exp").getAsInt()).isEqualTo(1);
    assertThat(claims.get("email_verified").getAsBoolean()).isTrue();
  }

  @Test
  void withoutOpenidThereIsNoIdTokenAndWithoutOfflineAccessNoRefreshToken() throws Exception {
    server.approveEvery(ADELE);

    var plain = app.poll(app.begin("common", Map.of("scope", "User.Read")));
    var openid = app.poll(app.begin("common", Map.of("scope", "User.Read openid")));
    var offline = app.poll(app.begin("common", Map.of("scope", "User.Read offline_access")));

    assertThat(plain.json().keySet()).doesNotContain("id_token", "refresh_token");
    assertThat(openid.json().keySet()).contains("id_token").doesNotContain("refresh_token");
    assertThat(offline.json().keySet()).contains("refresh_token").doesNotContain("id_token");
    assertThat(openid.idClaims().has("preferred_username")).as("wants profile").isFalse();
  }

  @Test
  void scopeIsEchoedAsAtEntra() throws Exception {
    assertThat(app.signIn(server, ADELE).get("scope")).isEqualTo("User.Read openid profile");
  }

  @Test
  void scopesCanBeWithheldAndAdded() throws Exception {
    server.settings().withholdScopes("Mail.Send").addScopes("Tasks.Read");
    server.approveNext(ADELE);

    var tokens =
        app.poll(app.begin("common", Map.of("scope", "User.Read Mail.Send offline_access")));
    var refreshed = app.refresh(tokens);

    assertThat(tokens.get("scope")).isEqualTo("User.Read Tasks.Read");
    assertThat(refreshed.get("scope")).isEqualTo("User.Read Tasks.Read");
  }

  @Test
  void lifetimesAndTypeAreAsSet() throws Exception {
    server
        .settings()
        .tokenLifetime(Duration.ofSeconds(60))
        .refreshIn(Duration.ofSeconds(30))
        .tokenType("bEARER");

    var tokens = app.signIn(server, ADELE).json();

    assertThat(tokens.get("expires_in").getAsInt()).isEqualTo(60);
    assertThat(tokens.get("ext_expires_in").getAsInt()).isEqualTo(60);
    assertThat(tokens.get("refresh_in").getAsInt()).isEqualTo(30);
    assertThat(tokens.get("token_type").getAsString()).isEqualTo("bEARER");
  }

  @Test
  void accessTokenIsOpaqueOrAJwt() throws Exception {
    String opaque = app.signIn(server, ADELE).get("access_token");

    server.settings().jwtAccessTokens(true);
    var tokens = app.signIn(server, ADELE);

    assertThat(opaque).startsWith("fake-access.");
    assertThat(tokens.part("access_token", 1).get("scp").getAsString()).isEqualTo("User.Read");
    assertThat(app.userInfo(tokens).status()).isEqualTo(200);
  }

  @Test
  void userInfoAcceptsTheTokenUntilItExpires() throws Exception {
    var tokens = app.signIn(server, ADELE);
    var before = app.userInfo(tokens);

    server.advanceClock(Duration.ofHours(1));
    var after = app.userInfo(tokens);

    assertThat(before.get("name")).isEqualTo("Adele Vance");
    assertThat(before.get("sub")).isEqualTo(tokens.idClaims().get("sub").getAsString());
    assertThat(after.status()).isEqualTo(401);
    assertThat(after.header("WWW-Authenticate"))
        .startsWith("Bearer ")
        .contains("error=\"invalid_token\"");
  }

  @Test
  void userInfoWithoutATokenIsChallengedWithoutAnError() throws Exception {
    var reply = app.get("/oidc/userinfo");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer ").doesNotContain("error");
  }

  @Test
  void accessTokensCanExpireEarly() throws Exception {
    var tokens = app.signIn(server, ADELE);

    server.expireAccessTokens();

    assertThat(app.userInfo(tokens).status()).isEqualTo(401);
    assertThat(app.userInfo(app.refresh(tokens)).status()).isEqualTo(200);
  }

  @Test
  void clientInfoNamesTheAccountToThoseWhoAskForIt() throws Exception {
    var user = TestUser.of(ADELE);
    server.approveEvery(ADELE);

    var asked = app.poll(app.begin(), Map.of("client_info", "1"));
    var refreshed = app.refresh(asked, Map.of("client_info", "1"));
    var unasked = app.poll(app.begin());

    for (var reply : List.of(asked, refreshed)) {
      var json = new String(Base64.getUrlDecoder().decode(reply.get("client_info")), UTF_8);
      assertThat(json)
          .isEqualTo(
              "{\"uid\":\"%s\",\"utid\":\"%s\"}".formatted(user.objectId(), user.tenantId()));
    }
    assertThat(unasked.json().has("client_info")).isFalse();
  }

  @Test
  void formIsReadWhateverTheCaseOfItsContentTypeAndWithoutOne() throws Exception {
    String form = "client_id=" + HttpApp.CLIENT_ID + "&scope=User.Read";
    var request =
        HttpRequest.newBuilder(URI.create(server.baseUrl() + "/common/oauth2/v2.0/devicecode"))
            .POST(BodyPublishers.ofString(form));

    var bare = app.send(request.copy().build());
    var shouted =
        app.send(
            request
                .copy()
                .header("Content-Type", "Application/X-WWW-Form-UrlEncoded; Charset=UTF-8")
                .build());
    var json = app.send(request.copy().header("Content-Type", "application/json").build());

    assertThat(List.of(bare.status(), shouted.status(), json.status()))
        .containsExactly(200, 200, 400);
  }
}
