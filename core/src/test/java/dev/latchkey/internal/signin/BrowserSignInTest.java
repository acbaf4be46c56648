package dev.latchkey.internal.signin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.AuthorizationServer;
import dev.latchkey.BrowserSignIn;
import dev.latchkey.ClientSeams;
import dev.latchkey.Entra;
import dev.latchkey.LoopbackRedirect;
import dev.latchkey.PublicClient;
import dev.latchkey.SignInOptions;
import dev.latchkey.SignInResult;
import dev.latchkey.error.AdminActionRequired;
import dev.latchkey.error.AppMisconfigured;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.OAuthError;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.SignInCancelled;
import dev.latchkey.error.SignInDeclined;
import dev.latchkey.error.SignInExpired;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.Throttled;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.BrowserRun;
import dev.latchkey.fixture.Jwt;
import dev.latchkey.fixture.PlainBrowser;
import dev.latchkey.fixture.Program;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.SignInRun;
import dev.latchkey.fixture.Threads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sign-ins whose answer a browser brings: RFC 8252, RFC 7636, RFC 9207. */
class BrowserSignInTest {

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final BrowserRun run = new BrowserRun(server);

  @Test
  void codeOfTheBrowserBecomesAStoredSession() throws Exception {
    BrowserSignIn signIn = run.client().beginBrowserSignIn();
    server.answer("/token", Answer.json(200, BrowserRun.tokens(signIn)));

    String page = BrowserRun.approve(signIn);
    SignInResult result = signIn.await();

    assertThat(page).startsWith("HTTP/1.1 200 ").contains("You may close this window.");
    assertThat(result.account().subject()).isEqualTo(Jwt.SUBJECT);
    assertThat(result.canRefresh()).isTrue();
    assertThat(result.storeFailure()).isNull();
    assertThat(run.client().accounts()).containsExactly(result.account());
    assertThat(run.client().tokens(result.account()).get().value()).isEqualTo(Body.ACCESS_TOKEN);
    Map<String, String> form = server.requests("/token").get(0).form();
    assertThat(form)
        .containsOnlyKeys("grant_type", "client_id", "redirect_uri", "code_verifier", "code")
        .containsEntry("grant_type", "authorization_code")
        .containsEntry("client_id", SignInRun.CLIENT_ID)
        .containsEntry("code", BrowserRun.CODE)
        .containsEntry("redirect_uri", signIn.redirectUri().toString());
    assertThat(challenge(Objects.requireNonNull(form.get("code_verifier"))))
        .isEqualTo(BrowserRun.requested(signIn).get("code_challenge"));
    PlainBrowser.awaitNobody(signIn.redirectUri());
  }

  @Test
  void interruptedCallerGetsNoSignInThoughItHasBegunAlready() {
    Thread.currentThread().interrupt();

    SignInRun.failure(SignInCancelled.class, () -> run.client().beginBrowserSignIn());

    assertThat(Thread.interrupted()).isTrue();
  }

  /** RFC 7636 §4.2, computed once more. */
  private static String challenge(String verifier) throws Exception {
    assertThat(verifier).matches("[A-Za-z0-9_-]{43}");
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  @Test
  void requestHasAllThatTheServerNeeds() {
    BrowserSignIn signIn =
        run.client()
            .beginBrowserSignIn(
                SignInOptions.NONE.withClaims("{\"a\": 1}").withLocale(Locale.GERMANY));

    assertThat(signIn.uri().toString()).startsWith(server.at("/authorize?client_id=").toString());
    assertThat(BrowserRun.requested(signIn))
        .containsOnlyKeys(
            "client_id",
            "response_type",
            "response_mode",
            "redirect_uri",
            "scope",
            "prompt",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method",
            "claims",
            "ui_locales")
        .containsEntry("client_id", SignInRun.CLIENT_ID)
        .containsEntry("response_type", "code")
        .containsEntry("response_mode", "query")
        .containsEntry("redirect_uri", signIn.redirectUri().toString())
        .containsEntry("scope", "User.Read openid profile offline_access")
        .containsEntry("prompt", "consent") // OpenID Connect Core §11, for offline_access
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("claims", "{\"a\":1}")
        .containsEntry("ui_locales", "de-DE");
    assertThat(signIn.redirectUri().toString()).matches("http://127\\.0\\.0\\.1:\\d+");
    assertThat(signIn.expiresIn()).isEqualTo(Duration.ofMinutes(15));
    assertThat(signIn.cancel()).isTrue();
  }

  @Test
  void nothingOfOneRequestIsInTheNext() {
    BrowserSignIn first = run.client().beginBrowserSignIn();
    BrowserSignIn second = run.client().beginBrowserSignIn();

    for (String name : List.of("state", "nonce", "code_challenge", "redirect_uri")) {
      assertThat(BrowserRun.requested(first).get(name))
          .as(name)
          .isNotEqualTo(BrowserRun.requested(second).get(name));
    }
    first.cancel();
    second.cancel();
  }

  /** RFC 6749 §3.1: "MUST be retained when adding additional query parameters". */
  @Test
  void queryOfTheEndpointIsKept() {
    AuthorizationServer withQuery =
        AuthorizationServer.of(
            null, null, server.at("/authorize?tenant=a%20b"), server.at("/token"), null);

    BrowserSignIn signIn =
        new BrowserRun(LoopbackRedirect.DEFAULT, withQuery).client().beginBrowserSignIn();

    assertThat(signIn.uri().toString())
        .startsWith(server.at("/authorize?tenant=a%20b&client_id=").toString());
    signIn.cancel();
  }

  @Test
  void entraGetsLocalhostAndItsOwnLanguageParameter() {
    PublicClient client =
        ClientSeams.builder(run.time)
            .authorizationServer(Entra.common())
            .clientId(SignInRun.CLIENT_ID)
            .build();

    BrowserSignIn signIn =
        client.beginBrowserSignIn(SignInOptions.NONE.withLocale(Locale.forLanguageTag("fr")));

    assertThat(signIn.uri().toString())
        .startsWith("https://login.microsoftonline.com/common/oauth2/v2.0/authorize?");
    assertThat(signIn.redirectUri().toString()).matches("http://localhost:\\d+");
    assertThat(BrowserRun.requested(signIn)).containsEntry("mkt", "fr").doesNotContainKey("prompt");
    signIn.cancel();
  }

  @ParameterizedTest
  @CsvSource({
    "access_denied, SignInDeclined",
    "unauthorized_client, AppMisconfigured",
    "unsupported_response_type, AppMisconfigured",
    "invalid_scope, AppMisconfigured",
    "invalid_request, AppMisconfigured",
    "login_required, AdminActionRequired",
    "consent_required, AdminActionRequired",
    "interaction_required, AdminActionRequired",
    "server_error, ServiceUnavailable",
    "temporarily_unavailable, ServiceUnavailable",
    "quota_of_the_year_2040, AppMisconfigured",
  })
  void errorThatTheBrowserBringsEndsTheSignInWithItsType(String error, String type)
      throws Exception {
    BrowserSignIn signIn = run.client().beginBrowserSignIn();

    String page =
        PlainBrowser.open(
            BrowserRun.answer(signIn, "error", error, "error_description", "Why not"));
    LatchkeyException failure = catchThrowableOfType(LatchkeyException.class, signIn::await);

    assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
    assertThat(failure).hasMessageContaining("Why not").hasMessageContaining(error);
    assertThat(page).startsWith("HTTP/1.1 400 ").contains("The sign-in was not completed.");
    assertThat(failure.remedy())
        .satisfiesAnyOf(
            remedy -> assertThat(remedy).isNull(),
            remedy -> assertThat(remedy).doesNotContain("device"));
    assertThat(run.store.keys()).isEmpty();
  }

  @Test
  void earlierScopeThatTheServerNoLongerAcceptsIsNamedAlsoIfTheBrowserSaysSo() throws Exception {
    BrowserSignIn first =
        run.client().beginBrowserSignIn(SignInOptions.NONE.withScopes(List.of("Files.Read")));
    Body tokens = BrowserRun.tokens(first).with("scope", "openid User.Read Files.Read");
    server.answer("/token", Answer.json(200, tokens));
    BrowserRun.approve(first);
    SignInOptions again = SignInOptions.NONE.withAccountId(first.await().account().id());
    BrowserSignIn second = run.client().beginBrowserSignIn(again);
    BrowserSignIn third = run.client().beginBrowserSignIn(again.withoutEarlierScopes());

    PlainBrowser.open(BrowserRun.answer(second, "error", "invalid_scope"));
    LatchkeyException failure = catchThrowableOfType(LatchkeyException.class, second::await);

    assertThat(failure)
        .isInstanceOf(AppMisconfigured.class)
        .hasMessageEndingWith("brought them: Files.Read");
    assertThat(failure.remedy()).contains("withoutEarlierScopes");
    assertThat(BrowserRun.requested(third).get("scope"))
        .isEqualTo("User.Read openid profile offline_access");
    third.cancel();
  }

  @Test
  void entrasCancelIsADecline() throws Exception {
    BrowserSignIn signIn = run.client().beginBrowserSignIn();

    PlainBrowser.open(
        BrowserRun.answer(
            signIn,
            "error",
            "access_denied",
            "error_subcode",
            "cancel",
            "error_description",
            "AADSTS65004: User declined to consent to access the app."));

    assertThat(failure(SignInDeclined.class, signIn).oauthError())
        .extracting(OAuthError::aadsts)
        .isEqualTo(List.of(65004));
  }

  /**
   * The browser was the way round the policy; where it did not help, nobody is sent there again.
   */
  @Test
  void policyThatBlocksTheBrowserTooDoesNotOfferIt() throws Exception {
    BrowserSignIn signIn = run.client().beginBrowserSignIn();
    Body body = new Body().with("error", "invalid_grant").with("error_codes", List.of(53003));
    server.answer("/token", Answer.json(400, body));

    BrowserRun.approve(signIn);

    AdminActionRequired failure = failure(AdminActionRequired.class, signIn);
    assertThat(failure.browserMayHelp()).isFalse();
    assertThat(failure.remedy()).startsWith("Ask an administrator");
  }

  @ParameterizedTest
  @CsvSource({"53003, true", "50005, true", "50097, true", "53000, true", "50105, false"})
  void policyAgainstTheDeviceCodeSaysThatABrowserMayHelp(int number, boolean mayHelp) {
    SignInRun device = new SignInRun(server);
    Body body = new Body().with("error", "access_denied").with("error_codes", List.of(number));
    server.answer("/device", Answer.json(200, Body.device()));
    server.answer("/token", Answer.json(400, body));

    AdminActionRequired failure = device.toFailure(AdminActionRequired.class);

    assertThat(failure.browserMayHelp()).isEqualTo(mayHelp);
    assertThat(failure.remedy())
        .startsWith(
            mayHelp
                ? "Sign in with the browser on this computer, or ask an administrator"
                : "Ask an administrator");
  }

  @Test
  void claimsThatTheServerWantsGoIntoTheNextSignInWithTheBrowser() throws Exception {
    BrowserSignIn signIn = run.client().beginBrowserSignIn();
    Body body =
        new Body()
            .with("error", "interaction_required")
            .with("error_codes", List.of(50076))
            .with("claims", "{\"access_token\":{\"acrs\":{\"value\":\"c1\"}}}");
    server.answer("/token", Answer.json(400, body));

    BrowserRun.approve(signIn);
    BrowserSignIn again = run.client().beginBrowserSignIn(failure(SignInRequired.class, signIn));

    assertThat(BrowserRun.requested(again))
        .containsEntry("claims", "{\"access_token\":{\"acrs\":{\"value\":\"c1\"}}}");
    again.cancel();
  }

  @Test
  void codeThatTheServerRejectsNeedsAnotherSignIn() throws Exception {
    BrowserSignIn signIn = run.client().beginBrowserSignIn();
    server.answer("/token", Answer.error("invalid_grant"));

    BrowserRun.approve(signIn);

    SignInRequired failure = failure(SignInRequired.class, signIn);
    assertThat(failure.reason()).isEqualTo(SignInRequired.Reason.GRANT_REJECTED);
    assertThat(server.requests("/token")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"429, Throttled", "503, ServiceUnavailable", "404, InvalidResponse"})
  void codeIsSentOnceWhateverTheAnswer(int status, String type) throws Exception {
    BrowserSignIn signIn = run.client().beginBrowserSignIn();
    server.answer("/token", Answer.html(status));

    BrowserRun.approve(signIn);

    LatchkeyException failure = catchThrowableOfType(LatchkeyException.class, signIn::await);
    assertThat(failure)
        .isInstanceOfAny(Throttled.class, ServiceUnavailable.class, InvalidResponse.class);
    assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
    assertThat(server.requests("/token")).hasSize(1);
  }

  /** RFC 6749 §4.1.2: a code that comes twice may cost all tokens that were issued for it. */
  @Test
  void codeIsNotSentAgainIfItsAnswerWasLost() throws Exception {
    BrowserSignIn signIn = run.client().beginBrowserSignIn();
    server.answer("/token", Answer.reset());

    BrowserRun.approve(signIn);

    failure(ServiceUnavailable.class, signIn);
    assertThat(server.requests("/token")).hasSize(1);
    assertThat(run.time.pending()).isZero();
  }

  @Test
  void codeThatNeverLeftIsSentAgain() throws Exception {
    int nobody = freePort();
    URI unreachable = URI.create("http://127.0.0.1:" + nobody + "/token");
    BrowserRun lonely =
        new BrowserRun(
            LoopbackRedirect.DEFAULT,
            AuthorizationServer.of(null, null, server.at("/authorize"), unreachable, null));
    BrowserSignIn signIn = lonely.client().beginBrowserSignIn();

    BrowserRun.approve(signIn);
    var result = signIn.result();
    lonely.time.awaitWaits(3); // the limits of sign-in and request, and the first retry
    while (!result.isDone()) {
      lonely.time.finishNextWait(result);
    }

    failure(ServiceUnavailable.class, signIn);
    assertThat(lonely.time.waitsInSeconds()).endsWith(1L, 2L, 4L, 8L, 16L);
  }

  @Test
  void closedTabEndsWhenTheTimeIsUp() throws Exception {
    BrowserSignIn signIn = run.client().beginBrowserSignIn();

    run.time.advance(Duration.ofMinutes(15).minusSeconds(1));
    assertThat(signIn.result()).isNotDone();
    run.time.advance(Duration.ofSeconds(1));

    assertThat(failure(SignInExpired.class, signIn)).hasMessageContaining("15 minutes");
    PlainBrowser.awaitNobody(signIn.redirectUri());
  }

  @Test
  void cancelFreesThePortAndSendsNothing() throws Exception {
    BrowserSignIn earlier = run.client().beginBrowserSignIn(); // creates the HTTP client
    earlier.cancel();
    PlainBrowser.awaitNobody(earlier.redirectUri());
    Threads before = Threads.now();
    BrowserSignIn signIn = run.client().beginBrowserSignIn();

    assertThat(signIn.cancel()).isTrue();

    assertThat(signIn.cancel()).isFalse();
    failure(SignInCancelled.class, signIn);
    PlainBrowser.awaitNobody(signIn.redirectUri());
    before.assertNoneAdded();
    assertThat(run.time.pending()).isZero();
  }

  @Test
  void cancelAbortsTheRedemption() throws Exception {
    BrowserSignIn signIn = run.client().beginBrowserSignIn();
    server.answer("/token", Answer.hang());
    BrowserRun.approve(signIn);
    server.awaitRequests("/token", 1);

    assertThat(signIn.cancel()).isTrue();

    server.awaitQuiet();
    failure(SignInCancelled.class, signIn);
    assertThat(run.store.keys()).isEmpty();
  }

  @Test
  void answerOfAnotherServerIsRejected() throws Exception {
    BrowserSignIn signIn = run.client().beginBrowserSignIn();

    PlainBrowser.open(
        BrowserRun.answer(signIn, "code", BrowserRun.CODE, "iss", "https://evil.example.com"));

    assertThat(failure(InvalidResponse.class, signIn))
        .hasMessageContaining("https://evil.example.com")
        .hasMessageContaining(BrowserRun.ISSUER);
    assertThat(server.requests("/token")).isEmpty();
  }

  @Test
  void answerOfTheServerItselfIsAccepted() throws Exception {
    BrowserSignIn signIn = run.client().beginBrowserSignIn();
    server.answer("/token", Answer.json(200, BrowserRun.tokens(signIn)));

    PlainBrowser.open(BrowserRun.answer(signIn, "code", BrowserRun.CODE, "iss", BrowserRun.ISSUER));

    assertThat(signIn.await().storeFailure()).isNull();
  }

  /** RFC 9207 §2.4: a server that says that it names itself, and then does not, is another one. */
  @Test
  void answerWithoutTheNameThatTheServerAnnouncesIsRejected() throws Exception {
    URI issuer = server.at("");
    server.answer(
        "/.well-known/openid-configuration",
        Answer.json(
            200,
            new Body()
                .with("issuer", issuer.toString())
                .with("authorization_endpoint", server.at("/authorize").toString())
                .with("token_endpoint", server.at("/token").toString())
                .with("authorization_response_iss_parameter_supported", true)));
    BrowserRun discovering =
        new BrowserRun(LoopbackRedirect.DEFAULT, AuthorizationServer.discover(issuer));
    BrowserSignIn signIn = discovering.client().beginBrowserSignIn();

    BrowserRun.approve(signIn);

    failure(InvalidResponse.class, signIn);
  }

  @Test
  void idTokenOfAnotherSignInIsRejected() throws Exception {
    BrowserSignIn signIn = run.client().beginBrowserSignIn();
    BrowserSignIn other = run.client().beginBrowserSignIn();
    server.answer("/token", Answer.json(200, BrowserRun.tokens(other)));

    BrowserRun.approve(signIn);

    assertThat(failure(InvalidResponse.class, signIn)).hasMessageContaining("\"nonce\"");
    assertThat(run.store.keys()).isEmpty();
    other.cancel();
  }

  @Test
  void idTokenWithoutANonceIsRejected() throws Exception {
    BrowserSignIn signIn = run.client().beginBrowserSignIn();
    Body tokens = Body.tokens().with("id_token", Jwt.of(Jwt.claims(BrowserRun.ISSUER)));
    server.answer("/token", Answer.json(200, tokens));

    BrowserRun.approve(signIn);

    assertThat(failure(InvalidResponse.class, signIn)).hasMessageContaining("\"nonce\"");
  }

  @Test
  void serverWithoutAnAuthorizationEndpointHasNoBrowserSignIn() {
    SignInRun device = new SignInRun(server);

    AppMisconfigured failure =
        catchThrowableOfType(AppMisconfigured.class, () -> device.client().beginBrowserSignIn());

    assertThat(failure).hasMessageContaining("authorization endpoint");
    assertThat(failure.remedy()).contains("device code");
  }

  @Test
  void serverWithoutDeviceCodesSaysSoAndNamesTheOtherWay() {
    AuthorizationServer noDevice =
        AuthorizationServer.of(
            "https://id.example.com", null, server.at("/authorize"), server.at("/token"), null);
    BrowserRun other = new BrowserRun(LoopbackRedirect.DEFAULT, noDevice);

    AppMisconfigured failure =
        catchThrowableOfType(AppMisconfigured.class, () -> other.client().beginSignIn());

    assertThat(failure).hasMessageContaining("device authorization endpoint");
    assertThat(failure.remedy()).contains("beginBrowserSignIn");
  }

  @Test
  void portsAreTriedInTheirOrder() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int free = freePort();
      LoopbackRedirect ports =
          LoopbackRedirect.DEFAULT.withPorts(taken.getLocalPort(), free).withPath("/signed-in");

      BrowserSignIn signIn = new BrowserRun(server, ports).client().beginBrowserSignIn();

      assertThat(signIn.redirectUri())
          .isEqualTo(URI.create("http://127.0.0.1:" + free + "/signed-in"));
      signIn.cancel();
    }
  }

  @Test
  void portOfAnotherProgramIsReported() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      LoopbackRedirect port = LoopbackRedirect.DEFAULT.withPorts(taken.getLocalPort());
      PublicClient client = new BrowserRun(server, port).client();

      ServiceUnavailable failure =
          catchThrowableOfType(ServiceUnavailable.class, client::beginBrowserSignIn);

      assertThat(failure).hasMessageContaining("[" + taken.getLocalPort() + "]");
      assertThat(failure.remedy()).isNotNull();
    }
  }

  /** Begins a sign-in and forgets it; returns from main when its standard input ends. */
  static final class Forgetful {
    private Forgetful() {}

    public static void main(String[] arguments) throws IOException {
      URI base = URI.create(arguments[0]);
      PublicClient client =
          PublicClient.builder()
              .authorizationServer(
                  AuthorizationServer.of(
                      null, null, base.resolve("/authorize"), base.resolve("/token"), null))
              .clientId(SignInRun.CLIENT_ID)
              .build();
      BrowserSignIn signIn = client.beginBrowserSignIn();
      System.out.println("begun: " + signIn.redirectUri().getHost());
      System.in.transferTo(System.out);
    }
  }

  @Test
  @Tag("processes")
  void programThatForgetsItEndsWithItsMain() throws Exception {
    try (Program program = Program.start(Forgetful.class, "-ea", server.at("/"))) {
      program.endInput();

      assertThat(program.awaitEnd()).contains("begun: 127.0.0.1");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static <T extends LatchkeyException> T failure(Class<T> type, BrowserSignIn signIn) {
    return SignInRun.failure(type, signIn::await);
  }
}
