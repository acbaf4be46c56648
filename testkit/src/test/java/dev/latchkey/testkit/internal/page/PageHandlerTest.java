package dev.latchkey.testkit.internal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testkit.TestApp;
import dev.latchkey.testkit.TestUser;
import dev.latchkey.testkit.fixture.HttpApp;
import dev.latchkey.testkit.fixture.ServerFixture;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PageHandlerTest extends ServerFixture {

  private static final String HOSTILE = "<script>alert(1)</script>\"'&";

  PageHandlerTest() {
    super(
        builder ->
            builder
                .user(TestUser.of(ADELE).named("Adele Vance"))
                .user(TestUser.of(CHANDRA).named(HOSTILE))
                .user(TestUser.personal(DANA))
                .app(TestApp.of(HttpApp.CLIENT_ID).named("Folder " + HOSTILE)));
  }

  @Test
  void userTypesTheCodeChoosesAnAccountAndApproves() throws Exception {
    var begun = app.begin();

    var consent = submit(Map.of("user_code", begun.get("user_code")));
    var done = decide(begun, ADELE, "approve");

    assertThat(consent.body())
        .contains("Adele Vance")
        .contains("contoso.example")
        .contains("Read your profile")
        .contains(HttpApp.CLIENT_ID);
    assertThat(done.body()).contains("You are signed in").contains(ADELE);
    assertThat(app.poll(begun).status()).isEqualTo(200);
  }

  @Test
  void userDeclinesWithoutChoosingAnAccount() throws Exception {
    var begun = app.begin();

    var done = submit(Map.of("user_code", begun.get("user_code"), "decision", "decline"));

    assertThat(done.body()).contains("You declined");
    assertThat(app.poll(begun).error()).isEqualTo("authorization_declined");
  }

  @Test
  void codeInTheUrlFillsTheFieldAndDecidesNothing() throws Exception {
    var begun = app.begin();

    var page = app.get("/device?user_code=" + begun.get("user_code"));

    assertThat(page.body()).contains("value=\"" + begun.get("user_code") + "\"");
    assertThat(server.pendingUserCodes()).containsExactly(begun.get("user_code"));
  }

  @Test
  void wrongCodeIsReportedBesideTheField() throws Exception {
    var page = submit(Map.of("user_code", "nonsense"));

    assertThat(page.status()).isEqualTo(400);
    assertThat(page.body())
        .contains("role=\"alert\"")
        .contains("That code is not known here")
        .contains("aria-invalid=\"true\"")
        .contains("value=\"nonsense\"");
  }

  @Test
  void pageDistinguishesExpiredFromUsedCodes() throws Exception {
    var expired = app.begin();
    server.expire(expired.get("user_code"));
    var used = app.begin();
    server.approve(used.get("user_code"), ADELE);

    assertThat(submit(Map.of("user_code", expired.get("user_code"))).body())
        .contains("has expired");
    assertThat(submit(Map.of("user_code", used.get("user_code"))).body()).contains("already used");
  }

  @Test
  void approvalWithoutAnAccountAsksForOne() throws Exception {
    var begun = app.begin();

    var page = submit(Map.of("user_code", begun.get("user_code"), "decision", "approve"));

    assertThat(page.body()).contains("Choose the account");
    assertThat(app.poll(begun).error()).isEqualTo("authorization_pending");
  }

  @Test
  void onlyAccountsOfTheTenantAreOfferedAndTaken() throws Exception {
    var begun = app.begin("contoso.example", Map.of());

    var consent = submit(Map.of("user_code", begun.get("user_code")));
    decide(begun, CHANDRA, "approve");

    assertThat(consent.body()).contains(ADELE).doesNotContain(CHANDRA).doesNotContain(DANA);
    assertThat(app.poll(begun).error()).isEqualTo("authorization_pending");
  }

  @Test
  void disabledAccountIsRefusedOnThePage() throws Exception {
    server.people().disable(ADELE);
    var begun = app.begin();

    var page = decide(begun, ADELE, "approve");

    assertThat(page.body()).contains("is disabled");
    assertThat(app.poll(begun).error()).isEqualTo("authorization_pending");
  }

  @Test
  void everythingFromOutsideIsEscaped() throws Exception {
    var begun = app.begin("common", Map.of("scope", "User.Read " + HOSTILE));

    var enter = submit(Map.of("user_code", HOSTILE));
    var consent = submit(Map.of("user_code", begun.get("user_code")));
    var done = decide(begun, ADELE, "approve");

    String escaped = "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;";
    for (var page : new HttpApp.Reply[] {enter, consent, done}) {
      assertThat(page.body()).contains(escaped).doesNotContain("<script");
    }
  }

  @Test
  void formOfAnotherSiteIsRefused() throws Exception {
    var begun = app.begin();
    var form = Map.of("user_code", begun.get("user_code"), "account", ADELE, "decision", "approve");

    var withoutToken = app.post("/device", form);
    var otherOrigin = app.send(pageForm(form).header("Origin", "https://evil.example").build());
    var nullOrigin = app.send(pageForm(form).header("Origin", "null").build());

    assertThat(withoutToken.status()).isEqualTo(403);
    assertThat(otherOrigin.status()).isEqualTo(403);
    assertThat(nullOrigin.status()).isEqualTo(403);
    assertThat(app.poll(begun).error()).isEqualTo("authorization_pending");
  }

  @Test
  void pageCannotBeFramedAndLoadsNothingFromElsewhere() throws Exception {
    var page = app.get("/device");

    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'none'")
        .contains("frame-ancestors 'none'")
        .contains("form-action 'self'");
    assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    assertThat(page.body()).doesNotContain("http://").doesNotContain("https://");
    assertThat(app.get("/device/style.css").header("Content-Type")).startsWith("text/css");
  }

  @Test
  void otherMethodsAreRefused() throws Exception {
    var reply =
        app.send(
            HttpRequest.newBuilder(server.verificationUri())
                .method("PUT", BodyPublishers.noBody())
                .build());

    assertThat(reply.status()).isEqualTo(405);
  }

  private HttpApp.Reply decide(HttpApp.Reply begun, String account, String decision)
      throws Exception {
    return submit(
        Map.of("user_code", begun.get("user_code"), "account", account, "decision", decision));
  }

  private HttpApp.Reply submit(Map<String, String> form) throws Exception {
    String origin = server.baseUrl().toString();
    return app.send(pageForm(form).header("Origin", origin).build());
  }

  /** As a browser would: with the token that the form of the page carries. */
  private HttpRequest.Builder pageForm(Map<String, String> form) throws Exception {
    var token =
        Pattern.compile("name=\"form_token\" value=\"([^\"]+)\"")
            .matcher(app.get("/device").body());
    assertThat(token.find()).isTrue();
    var all = new LinkedHashMap<>(form);
    all.put("form_token", token.group(1));
    return app.form("/device", all);
  }
}
