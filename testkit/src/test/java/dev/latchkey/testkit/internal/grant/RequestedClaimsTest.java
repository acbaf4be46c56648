package dev.latchkey.testkit.internal.grant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.testkit.fixture.ServerFixture;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RequestedClaimsTest extends ServerFixture {

  private static final String POLICY =
      "{\"access_token\":{\"polids\":{\"essential\":true,\"Values\":[\"9ab03e19\"]}}}";

  /** The same with a client capability merged in, as clients send it. */
  private static final String MERGED =
      "{\"access_token\":{\"xms_cc\":{\"values\":[\"cp1\"]},"
          + "\"polids\":{\"Values\":[\"9ab03e19\"],\"essential\":true}}}";

  @Test
  void requiredClaimsStopRefreshesUntilASignInWithThem() throws Exception {
    var before = app.signIn(server, ADELE);
    server.people().requireClaims(POLICY);

    var refused = app.refresh(before, Map.of("claims", POLICY));
    server.approveNext(ADELE);
    var after = app.poll(app.begin("common", Map.of("claims", MERGED)));

    assertThat(refused.error()).isEqualTo("interaction_required");
    assertThat(refused.get("error_description")).startsWith("AADSTS50076:");
    assertThat(refused.get("claims")).isEqualTo(POLICY);
    assertThat(app.refresh(after).status()).isEqualTo(200);
    assertThat(app.userInfo(after).status()).isEqualTo(200);
  }

  @Test
  void claimsMayComeWithThePollInstead() throws Exception {
    server.people().requireClaims(POLICY);
    server.approveNext(ADELE);

    var tokens = app.poll(app.begin(), Map.of("claims", POLICY));

    assertThat(app.refresh(tokens).status()).isEqualTo(200);
  }

  @Test
  void otherClaimsDoNotSuffice() throws Exception {
    server.people().requireClaims(POLICY);
    server.approveNext(ADELE);
    String others = POLICY.replace("9ab03e19", "another");

    var tokens = app.poll(app.begin("common", Map.of("claims", others)));

    assertThat(app.refresh(tokens).error()).isEqualTo("interaction_required");
  }

  @Test
  void resourceChallengesWithTheClaimsInBase64() throws Exception {
    var tokens = app.signIn(server, ADELE);
    server.people().challengeClaims(POLICY);

    String challenge = app.userInfo(tokens).header("WWW-Authenticate");

    assertThat(challenge).contains("error=\"insufficient_claims\"");
    var claims = Pattern.compile("claims=\"([^\"]+)\"").matcher(challenge);
    assertThat(claims.find()).isTrue();
    assertThat(new String(Base64.getDecoder().decode(claims.group(1)), UTF_8)).isEqualTo(POLICY);
  }

  @Test
  void refreshWithTheClaimsSatisfiesTheChallenge() throws Exception {
    var tokens = app.signIn(server, ADELE);
    server.people().challengeClaims(POLICY);

    var plain = app.refresh(tokens);
    var withClaims = app.refresh(tokens, Map.of("claims", MERGED));

    assertThat(app.userInfo(plain).status()).isEqualTo(401);
    assertThat(app.userInfo(withClaims).status()).isEqualTo(200);
  }

  @Test
  void requirementCanBeLifted() throws Exception {
    var tokens = app.signIn(server, ADELE);
    server.people().requireClaims(POLICY);

    server.people().requireNoClaims();

    assertThat(app.refresh(tokens).status()).isEqualTo(200);
  }

  @Test
  void malformedClaimsAreRefused() throws Exception {
    var reply = app.begin("common", Map.of("claims", "not json"));

    assertThat(reply.error()).isEqualTo("invalid_request");
    assertThatThrownBy(() -> server.people().requireClaims("[]"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
