package dev.latchkey.testkit.internal.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.testkit.TestUser;
import dev.latchkey.testkit.fixture.HttpApp;
import dev.latchkey.testkit.fixture.ServerFixture;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeviceCodesTest extends ServerFixture {

  @Test
  void deviceAuthorizationHasWhatEntraSendsAndNoCompleteUri() throws Exception {
    var begun = app.begin();

    assertThat(begun.status()).isEqualTo(200);
    assertThat(begun.json().keySet())
        .containsExactly(
            "user_code", "device_code", "verification_uri", "expires_in", "interval", "message");
    assertThat(begun.get("verification_uri")).isEqualTo(server.verificationUri().toString());
    assertThat(begun.json().get("expires_in").getAsInt()).isEqualTo(900);
    assertThat(begun.json().get("interval").getAsInt()).isEqualTo(5);
    assertThat(begun.get("message"))
        .contains(begun.get("user_code"))
        .contains(begun.get("verification_uri"));
  }

  @Test
  void messageIsInTheLanguageOfTheMarket() throws Exception {
    var begun =
        app.post(
            "/common/oauth2/v2.0/devicecode?mkt=de-DE",
            Map.of("client_id", HttpApp.CLIENT_ID, "scope", HttpApp.SCOPE));
    var unknown =
        app.post(
            "/common/oauth2/v2.0/devicecode?mkt=xx-YY",
            Map.of("client_id", HttpApp.CLIENT_ID, "scope", HttpApp.SCOPE));

    assertThat(begun.get("message")).startsWith("Um sich anzumelden, öffnen Sie");
    assertThat(unknown.get("message")).startsWith("To sign in, use a web browser");
  }

  @Test
  void completeVerificationUriIsSentIfSet() throws Exception {
    server.settings().verificationUriComplete(true);

    var begun = app.begin();

    assertThat(begun.get("verification_uri_complete"))
        .isEqualTo(server.verificationUri() + "?user_code=" + begun.get("user_code"));
  }

  @Test
  void pollIsPendingUntilTheUserApproves() throws Exception {
    var begun = app.begin();
    var before = app.poll(begun);

    server.approve(begun.get("user_code"), ADELE);
    var after = app.poll(begun);

    assertThat(before.status()).isEqualTo(400);
    assertThat(before.error()).isEqualTo("authorization_pending");
    assertThat(after.status()).isEqualTo(200);
    assertThat(after.json().keySet())
        .containsExactly(
            "token_type",
            "scope",
            "expires_in",
            "ext_expires_in",
            "access_token",
            "refresh_token",
            "id_token");
  }

  @Test
  void codeIsAcceptedInAnyCaseWithSpacesAndHyphens() throws Exception {
    var begun = app.begin();
    String code = begun.get("user_code").toLowerCase(Locale.ROOT);

    server.approve(" " + code.substring(0, 4) + "-" + code.substring(4), ADELE);

    assertThat(app.poll(begun).status()).isEqualTo(200);
  }

  @Test
  void declinedSignInAnswersEntrasOwnCode() throws Exception {
    var begun = app.begin();

    server.decline(begun.get("user_code"));

    assertThat(app.poll(begun).error()).isEqualTo("authorization_declined");
    assertThat(app.poll(begun).error()).isEqualTo("authorization_declined");
  }

  @Test
  void nextSignInCanBeDecidedBeforeItBegins() throws Exception {
    server.approveNext(ADELE);
    server.declineNext();

    var first = app.begin();
    var second = app.begin();
    var third = app.begin();

    assertThat(app.poll(first).status()).isEqualTo(200);
    assertThat(app.poll(second).error()).isEqualTo("authorization_declined");
    assertThat(app.poll(third).error()).isEqualTo("authorization_pending");
  }

  @Test
  void everySignInCanBeApprovedAtOnce() throws Exception {
    server.approveEvery(BRUNO);

    for (int i = 0; i < 3; i++) {
      assertThat(app.poll(app.begin()).status()).isEqualTo(200);
    }
    assertThat(server.pendingUserCodes()).isEmpty();
  }

  @Test
  void codeExpiresByTheServersClock() throws Exception {
    server.settings().codeLifetime(Duration.ofMinutes(2));
    var begun = app.begin();

    server.advanceClock(Duration.ofMinutes(2));

    assertThat(begun.json().get("expires_in").getAsInt()).isEqualTo(120);
    assertThat(app.poll(begun).error()).isEqualTo("expired_token");
    assertThatThrownBy(() -> server.approve(begun.get("user_code"), ADELE))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void testCanExpireACode() throws Exception {
    var begun = app.begin();

    server.expire(begun.get("user_code"));

    assertThat(app.poll(begun).error()).isEqualTo("expired_token");
  }

  @Test
  void unknownDeviceCodeIsABadVerificationCode() throws Exception {
    var begun = app.begin();

    var reply = app.poll(begun, Map.of("device_code", "nonsense"));

    assertThat(reply.error()).isEqualTo("bad_verification_code");
  }

  @Test
  void deviceCodeOfAnotherAppIsABadVerificationCode() throws Exception {
    server.approveNext(ADELE);

    var reply = app.poll(app.begin(), Map.of("client_id", "another"));

    assertThat(reply.error()).isEqualTo("bad_verification_code");
  }

  @Test
  void deviceCodeIsRedeemedOnce() throws Exception {
    server.approveNext(ADELE);
    var begun = app.begin();
    app.poll(begun);

    var again = app.poll(begun);

    assertThat(again.error()).isEqualTo("invalid_grant");
  }

  @Test
  void slowDownIsSentOnlyIfSetAndLengthensTheInterval() throws Exception {
    var patient = app.begin();
    assertThat(app.poll(patient).error()).isEqualTo("authorization_pending");

    server.settings().interval(Duration.ofSeconds(1)).enforceInterval(true);
    var hasty = app.begin();

    assertThat(app.poll(hasty).error()).isEqualTo("slow_down");
    server.advanceClock(Duration.ofSeconds(3));
    assertThat(app.poll(hasty).error()).as("3 s after, of 1 + 5").isEqualTo("slow_down");
    server.advanceClock(Duration.ofSeconds(11));
    assertThat(app.poll(hasty).error()).isEqualTo("authorization_pending");
  }

  @Test
  void tenantDecidesWhoMayApprove() throws Exception {
    server.approveNext(CHANDRA);
    server.approveNext(DANA);
    server.approveNext(DANA);

    var contoso = app.begin("contoso.example", Map.of());
    var organizations = app.begin("organizations", Map.of());
    var consumers = app.begin("consumers", Map.of());

    assertThat(app.poll(contoso).get("error_description")).startsWith("AADSTS50020:");
    assertThat(app.poll(organizations).get("error_description")).startsWith("AADSTS50020:");
    assertThat(app.poll(consumers).status()).isEqualTo(200);
  }

  @Test
  void tenantIsKnownByDomainAndById() throws Exception {
    String id = TestUser.of(ADELE).tenantId();

    assertThat(app.begin("contoso.example", Map.of()).status()).isEqualTo(200);
    assertThat(app.begin(id, Map.of()).status()).isEqualTo(200);
    assertThat(app.begin("nowhere.example", Map.of()).error()).isEqualTo("invalid_tenant");
  }

  @Test
  void unknownNameIsReportedToTheTestAtOnce() {
    assertThatThrownBy(() -> server.approveNext("nobody@contoso.example"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nobody@contoso.example");
    assertThatThrownBy(() -> server.approve("BCDFGHJKL", ADELE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("BCDFGHJKL");
  }
}
