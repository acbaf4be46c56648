package dev.latchkey.testkit.internal.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testkit.Rotation;
import dev.latchkey.testkit.fixture.ServerFixture;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefreshHandlerTest extends ServerFixture {

  @Test
  void lenientRotationReplacesTheTokenAndKeepsTheOldOneGood() throws Exception {
    var first = app.signIn(server, ADELE);

    var second = app.refresh(first);
    var again = app.refresh(first);

    assertThat(second.get("refresh_token")).isNotEqualTo(first.get("refresh_token"));
    assertThat(second.get("access_token")).isNotEqualTo(first.get("access_token"));
    assertThat(again.status()).isEqualTo(200);
    assertThat(server.redemptions()).isEqualTo(2);
  }

  @Test
  void strictRotationEndsTheWholeGrantWhenAnOldTokenIsReused() throws Exception {
    server.settings().rotation(Rotation.STRICT);
    var first = app.signIn(server, ADELE);
    var second = app.refresh(first);

    var reused = app.refresh(first);
    var newest = app.refresh(second);

    assertThat(reused.error()).isEqualTo("invalid_grant");
    assertThat(newest.error()).isEqualTo("invalid_grant");
    assertThat(app.userInfo(second).status()).isEqualTo(401);
    assertThat(server.redemptions()).isEqualTo(1);
  }

  @Test
  void strictRotationLeavesOtherGrantsAlone() throws Exception {
    server.settings().rotation(Rotation.STRICT);
    var stolen = app.signIn(server, ADELE);
    var other = app.signIn(server, ADELE);
    app.refresh(stolen);
    app.refresh(stolen);

    assertThat(app.refresh(other).status()).isEqualTo(200);
  }

  @Test
  void withoutRotationTheAnswerHasNoRefreshToken() throws Exception {
    server.settings().rotation(Rotation.NONE);
    var first = app.signIn(server, ADELE);

    var second = app.refresh(first);

    assertThat(first.json().has("refresh_token")).isTrue();
    assertThat(second.json().has("refresh_token")).isFalse();
    assertThat(app.refresh(first).status()).isEqualTo(200);
  }

  @Test
  void unusedRefreshTokenExpires() throws Exception {
    var tokens = app.signIn(server, ADELE);
    server.advanceClock(Duration.ofDays(89));
    var used = app.refresh(tokens);
    server.advanceClock(Duration.ofDays(91));

    var reply = app.refresh(used);

    assertThat(used.status()).isEqualTo(200);
    assertThat(reply.error()).isEqualTo("invalid_grant");
    assertThat(reply.get("error_description")).startsWith("AADSTS700082:");
  }

  @Test
  void refreshTokenOfAnotherAppIsRefused() throws Exception {
    var tokens = app.signIn(server, ADELE);

    var reply = app.refresh(tokens, Map.of("client_id", "another"));

    assertThat(reply.error()).isEqualTo("invalid_grant");
    assertThat(reply.get("suberror")).isEqualTo("client_mismatch");
  }

  @Test
  void scopeThatNobodyConsentedToNeedsAnotherSignIn() throws Exception {
    var tokens = app.signIn(server, ADELE);

    var narrower = app.refresh(tokens, Map.of("scope", "User.Read"));
    var wider = app.refresh(tokens, Map.of("scope", "User.Read Mail.Send"));

    assertThat(narrower.get("scope")).isEqualTo("User.Read");
    assertThat(narrower.json().has("id_token")).isFalse();
    assertThat(wider.error()).isEqualTo("invalid_grant");
    assertThat(wider.get("suberror")).isEqualTo("consent_required");
  }

  @Test
  void unknownRefreshTokenIsRefused() throws Exception {
    var tokens = app.signIn(server, ADELE);

    var reply = app.refresh(tokens, Map.of("refresh_token", "nonsense"));

    assertThat(reply.error()).isEqualTo("invalid_grant");
    assertThat(server.redemptions()).isZero();
  }
}
