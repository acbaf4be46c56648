package dev.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.AuthorizationServer;
import dev.latchkey.BrowserSignIn;
import dev.latchkey.Entra;
import dev.latchkey.LoopbackRedirect;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.SignInResult;
import dev.latchkey.error.AdminActionRequired;
import dev.latchkey.error.OAuthError;
import dev.latchkey.error.SignInDeclined;
import dev.latchkey.testkit.FakeServerSettings.DeviceCodePolicy;
import dev.latchkey.testkit.fixture.HttpApp;
import dev.latchkey.testkit.fixture.ServerFixture;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Sign-ins in the browser, and the policy that makes people need them. */
class BrowserSignInTest extends ServerFixture {

  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  /** RFC 7636, appendix B. */
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private static final String REDIRECT = "http://localhost:49152/in";

  private final PublicClient client =
      PublicClient.builder()
          .authorizationServer(Entra.common().authorityHost(server.baseUrl()))
          .clientId(HttpApp.CLIENT_ID)
          .scopes("User.Read")
          .loopbackRedirect(LoopbackRedirect.DEFAULT.withHost("127.0.0.1"))
          .build();

  BrowserSignInTest() {
    super(builder -> builder.interval(Duration.ofSeconds(1)));
  }

  @Test
  void clientSignsInAsWhoApprovesInTheBrowserAndStaysSignedIn() {
    BrowserSignIn signIn = client.beginBrowserSignIn();

    String page = server.approveInBrowser(signIn.uri(), ADELE);
    SignInResult result = signIn.await();

    assertThat(page).contains("You may close this window.");
    assertThat(result.account().username()).isEqualTo(ADELE);
    server.expireAccessTokens();
    assertThat(client.tokens(result.account()).replace(result.token(), null).value())
        .isNotEqualTo(result.token().value());
    assertThat(server.redemptions()).isEqualTo(1);
  }

  @Test
  void clientThatDiscoversTheServerSignsInToo() {
    PublicClient discovering =
        PublicClient.builder()
            .authorizationServer(
                AuthorizationServer.discover(URI.create(server.baseUrl() + "/common/v2.0")))
            .clientId(HttpApp.CLIENT_ID)
            .build();
    BrowserSignIn signIn = discovering.beginBrowserSignIn();

    server.approveInBrowser(signIn.uri(), CHANDRA);

    assertThat(signIn.await().account().username()).isEqualTo(CHANDRA);
  }

  @Test
  void declineInTheBrowserIsToldToTheApp() {
    BrowserSignIn signIn = client.beginBrowserSignIn();

    String page = server.declineInBrowser(signIn.uri());

    assertThat(page).contains("The sign-in was not completed.");
    assertThat(catchThrowableOfType(SignInDeclined.class, signIn::await).oauthError())
        .extracting(OAuthError::aadsts)
        .isEqualTo(List.of(65004));
  }

  @Test
  void blockedDeviceCodeLeadsToTheBrowser() {
    server.settings().deviceCodePolicy(DeviceCodePolicy.BLOCK);
    SignIn blocked = client.beginSignIn();
    server.approve(blocked.deviceAuthorization().userCode(), ADELE);

    AdminActionRequired why = catchThrowableOfType(AdminActionRequired.class, blocked::await);

    assertThat(why.browserMayHelp()).isTrue();
    assertThat(why.oauthError()).extracting(OAuthError::aadsts).isEqualTo(List.of(53003));
    BrowserSignIn signIn = client.beginBrowserSignIn();
    server.approveInBrowser(signIn.uri(), ADELE);
    assertThat(signIn.await().account().username()).isEqualTo(ADELE);
  }

  @Test
  void silentBlockIsToldOnThePageOnly() throws Exception {
    server.settings().deviceCodePolicy(DeviceCodePolicy.BLOCK_SILENTLY);
    HttpApp.Reply begun = app.begin();
    String token = formToken(app.get("/device").body());
    Map<String, String> form =
        Map.of(
            "user_code",
            begun.get("user_code"),
            "account",
            ADELE,
            "decision",
            "approve",
            "form_token",
            token);

    HttpApp.Reply page = app.post("/device", form);

    assertThat(page.status()).isEqualTo(403);
    assertThat(page.body()).contains("You don&#39;t have access to this", "53003");
    assertThat(app.poll(begun).error()).isEqualTo("authorization_pending");
  }

  @Test
  void pageSendsTheBrowserBackWithACode() throws Exception {
    String path = request(Map.of());
    HttpApp.Reply page = app.get(path);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Security-Policy")).contains("form-action 'self' http://loc");
    HttpApp.Reply answer =
        app.post(
            path,
            Map.of("account", ADELE, "decision", "approve", "form_token", formToken(page.body())));

    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("Location")).startsWith(REDIRECT + "?code=").endsWith("&state=st");
    assertThat(app.get(path).body()).contains("Adele Vance");
  }

  @Test
  void formOfAnotherSiteIsNotAccepted() throws Exception {
    HttpApp.Reply answer =
        app.post(request(Map.of()), Map.of("account", ADELE, "decision", "approve"));

    assertThat(answer.status()).isEqualTo(403);
  }

  @Test
  void codeIsRedeemedOnceAndNamesTheNonce() throws Exception {
    String code = code();

    HttpApp.Reply tokens = redeem(code, VERIFIER, REDIRECT);

    assertThat(tokens.idClaims().get("nonce").getAsString()).isEqualTo("n1");
    assertThat(tokens.get("refresh_token")).isNotEmpty();
    assertThat(redeem(code, VERIFIER, REDIRECT).body()).contains("54005");
    assertThat(server.secrets()).contains(code);
  }

  @Test
  void codeIsGoodForItsVerifierAndRedirectOnly() throws Exception {
    assertThat(redeem(code(), "x".repeat(43), REDIRECT).body()).contains("501481");
    assertThat(redeem(code(), VERIFIER, "http://localhost:49153/in").body()).contains("50011");
    assertThat(redeem("1.fake-code.none", VERIFIER, REDIRECT).error()).isEqualTo("invalid_grant");
    String late = code();
    server.advanceClock(Duration.ofMinutes(10));
    assertThat(redeem(late, VERIFIER, REDIRECT).body()).contains("70008");
  }

  @Test
  void requestThatMayNotBeAnsweredByARedirectIsRefusedOnThePage() throws Exception {
    for (Map<String, String> wrong :
        List.of(
            Map.of("redirect_uri", "https://evil.example.com/"),
            Map.of("redirect_uri", "http://localhost.evil.example.com:80/"),
            Map.of("response_type", "token"),
            Map.of("client_id", ""),
            Map.of("code_challenge_method", "plain"))) {
      HttpApp.Reply page = app.get(request(wrong));

      assertThat(page.status()).as(wrong.toString()).isEqualTo(400);
      assertThat(page.header("Location")).isEmpty();
    }
  }

  @Test
  void pageOfAnotherServerIsNoAuthorizationRequest() {
    assertThatThrownBy(
            () -> server.approveInBrowser(URI.create("https://example.com/authorize"), ADELE))
        .isInstanceOf(IllegalArgumentException.class);
    URI refused = URI.create(server.baseUrl() + request(Map.of("response_type", "token")));
    assertThatThrownBy(() -> server.approveInBrowser(refused, ADELE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private String code() throws Exception {
    server.approveNext(ADELE);
    String location = app.get(request(Map.of())).header("Location");
    Matcher code = Pattern.compile("code=([^&]+)").matcher(location);
    assertThat(code.find()).as(location).isTrue();
    return code.group(1);
  }

  private HttpApp.Reply redeem(String code, String verifier, String redirect) throws Exception {
    return app.post(
        "/common/oauth2/v2.0/token",
        Map.of(
            "grant_type", "authorization_code",
            "client_id", HttpApp.CLIENT_ID,
            "code", code,
            "redirect_uri", redirect,
            "code_verifier", verifier));
  }

  private static String request(Map<String, String> other) {
    Map<String, String> parameters =
        new LinkedHashMap<>(
            Map.of(
                "client_id",
                HttpApp.CLIENT_ID,
                "response_type",
                "code",
                "redirect_uri",
                REDIRECT,
                "scope",
                HttpApp.SCOPE,
                "nonce",
                "n1",
                "code_challenge",
                CHALLENGE,
                "code_challenge_method",
                "S256"));
    parameters.putAll(other);
    parameters.put("state", "st");
    StringBuilder path = new StringBuilder("/common/oauth2/v2.0/authorize?");
    parameters.forEach(
        (name, value) ->
            path.append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
                .append('&'));
    return path.substring(0, path.length() - 1);
  }

  private static String formToken(String page) {
    Matcher token = Pattern.compile("name=\"form_token\" value=\"([^\"]+)\"").matcher(page);
    assertThat(token.find()).isTrue();
    return token.group(1);
  }
}
