package dev.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testkit.fixture.HttpApp;
import dev.latchkey.testkit.fixture.ServerFixture;
import org.junit.jupiter.api.Test;

class FakeServerPeopleTest extends ServerFixture {

  @Test
  void revokedSessionsEndRefreshesAndAccessTokensOfThatUserOnly() throws Exception {
    var adele = app.signIn(server, ADELE);
    var bruno = app.signIn(server, BRUNO);

    server.people().revokeSessions(ADELE);

    assertRefused(adele, "AADSTS50173:");
    assertThat(app.userInfo(adele).status()).isEqualTo(401);
    assertThat(app.refresh(bruno).status()).isEqualTo(200);
    assertThat(app.refresh(app.signIn(server, ADELE)).status()).isEqualTo(200);
  }

  @Test
  void changedPasswordEndsEarlierSessions() throws Exception {
    var tokens = app.signIn(server, ADELE);

    server.people().changePassword(ADELE);

    assertRefused(tokens, "AADSTS50133:");
  }

  @Test
  void withdrawnConsentRequiresAnotherSignIn() throws Exception {
    var tokens = app.signIn(server, ADELE);

    server.people().withdrawConsent(ADELE);

    assertRefused(tokens, "AADSTS65001:");
    assertThat(app.refresh(tokens).get("suberror")).isEqualTo("consent_required");
    assertThat(app.refresh(app.signIn(server, ADELE)).status()).isEqualTo(200);
  }

  @Test
  void disabledUserNeitherRefreshesNorSignsInUntilEnabled() throws Exception {
    var tokens = app.signIn(server, ADELE);

    server.people().disable(ADELE);

    assertRefused(tokens, "AADSTS50057:");
    assertThat(app.signIn(server, ADELE).get("error_description")).startsWith("AADSTS50057:");

    server.people().enable(ADELE);

    assertThat(app.refresh(tokens).status()).isEqualTo(200);
  }

  @Test
  void switchedTenantAppliesToTheNextSignIn() throws Exception {
    var before = app.signIn(server, ADELE);

    server.people().switchTenant(ADELE, "fabrikam.example");
    var after = app.signIn(server, ADELE);

    String contoso = TestUser.of(ADELE).tenantId();
    String fabrikam = TestUser.of(CHANDRA).tenantId();
    assertThat(tenantOf(before)).isEqualTo(contoso);
    assertThat(tenantOf(after)).isEqualTo(fabrikam);
    assertThat(tenantOf(app.refresh(before))).isEqualTo(contoso);
  }

  private void assertRefused(HttpApp.Reply tokens, String description) throws Exception {
    var reply = app.refresh(tokens);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).isEqualTo("invalid_grant");
    assertThat(reply.get("error_description")).startsWith(description);
  }

  private static String tenantOf(HttpApp.Reply tokens) {
    return tokens.idClaims().get("tid").getAsString();
  }
}
