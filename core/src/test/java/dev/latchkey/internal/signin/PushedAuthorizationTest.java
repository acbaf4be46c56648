package dev.latchkey.internal.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.AuthorizationServer;
import dev.latchkey.BrowserSignIn;
import dev.latchkey.LoopbackRedirect;
import dev.latchkey.PublicClient;
import dev.latchkey.SignInOptions;
import dev.latchkey.SignInResult;
import dev.latchkey.error.AppMisconfigured;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.Throttled;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.BrowserRun;
import dev.latchkey.fixture.Jwt;
import dev.latchkey.fixture.PlainBrowser;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.SignInRun;
import dev.latchkey.internal.concurrent.Futures;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that take authorization requests by a post of their own only: RFC 9126. */
@Timeout(60)
class PushedAuthorizationTest {

  private static final String REQUEST_URI =
      "urn:ietf:params:oauth:request_uri:6esc_11ACC5bwc014ltc";

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final URI issuer = server.at("");

  private PublicClient client(Body metadata) {
    return run(metadata).client();
  }

  private BrowserRun run(Body metadata) {
    server.answer("/.well-known/openid-configuration", Answer.json(200, metadata));
    return new BrowserRun(LoopbackRedirect.DEFAULT, AuthorizationServer.discover(issuer));
  }

  private Body metadata() {
    return new Body()
        .with("issuer", issuer.toString())
        .with("authorization_endpoint", server.at("/authorize").toString())
        .with("token_endpoint", server.at("/token").toString());
  }

  private Body offering() {
    return metadata().with("pushed_authorization_request_endpoint", server.at("/par").toString());
  }

  private PublicClient requiring() {
    return client(required());
  }

  private Body required() {
    return offering().with("require_pushed_authorization_requests", true);
  }

  private static Body pushed() {
    return new Body().with("request_uri", REQUEST_URI).with("expires_in", 60);
  }

  private static <T extends LatchkeyException> T failure(Class<T> type, PublicClient client) {
    return Objects.requireNonNull(
        catchThrowableOfType(type, () -> client.beginBrowserSignIn().cancel()));
  }

  @Test
  void serverThatRequiresPushedRequestsGetsThemAndTheBrowserCarriesTheirName() throws Exception {
    server.answer("/par", Answer.json(201, pushed()));
    PublicClient client = requiring();

    BrowserSignIn signIn = client.beginBrowserSignIn(SignInOptions.NONE.withClaims("{\"a\": 1}"));

    assertThat(PlainBrowser.parameters(signIn.uri()))
        .containsExactly(
            Map.entry("client_id", SignInRun.CLIENT_ID), Map.entry("request_uri", REQUEST_URI));
    Map<String, String> form = server.requests("/par").get(0).form();
    assertThat(form)
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
            "claims")
        .containsEntry("client_id", SignInRun.CLIENT_ID)
        .containsEntry("redirect_uri", signIn.redirectUri().toString())
        .containsEntry("code_challenge_method", "S256");
    Body claims = Jwt.claims(issuer.toString()).with("nonce", String.valueOf(form.get("nonce")));
    server.answer("/token", Answer.json(200, Body.tokens().with("id_token", Jwt.of(claims))));
    String page =
        PlainBrowser.open(
            PlainBrowser.with(
                signIn.redirectUri(),
                "state",
                String.valueOf(form.get("state")),
                "code",
                BrowserRun.CODE));
    SignInResult result = signIn.await();
    assertThat(page).startsWith("HTTP/1.1 200 ");
    assertThat(result.account().subject()).isEqualTo(Jwt.SUBJECT);
  }

  /** It is one request more, and the server does not ask for it. */
  @Test
  void serverThatOnlyOffersToTakePushedRequestsGetsNone() {
    BrowserSignIn signIn = client(offering()).beginBrowserSignIn();

    assertThat(BrowserRun.requested(signIn)).containsKey("code_challenge");
    signIn.cancel();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"expires_in\":60}",
        "{\"request_uri\":\"\",\"expires_in\":60}",
        "{\"request_uri\":17,\"expires_in\":60}",
        "{\"request_uri\":[\"urn:a\"],\"expires_in\":60}",
        "{\"request_uri\":null,\"expires_in\":60}",
        "{\"request_uri\":\"urn:a\",\"expires_in\":0}",
        "{\"request_uri\":\"urn:a\",\"expires_in\":-1e99}",
        "[]",
        "<html>Welcome to the airport</html>",
        "",
      })
  void successWithoutAUsableRequestUriIsAnInvalidResponse(String body) throws Exception {
    server.answer("/par", Answer.page(201, "application/json", body));

    failure(InvalidResponse.class, requiring());
  }

  @Test
  void requestUriThatNoBrowserTakesIsAnInvalidResponse() {
    server.answer("/par", Answer.json(201, pushed().with("request_uri", "u".repeat(4_097))));

    assertThat(failure(InvalidResponse.class, requiring())).hasMessageContaining("too long");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "0.5e3", "1e99", "\"60\"", "null", "true"})
  void lifetimeOfThePushedRequestDoesNotShortenTheWaiting(String lifetime) {
    server.answer(
        "/par",
        Answer.page(
            201,
            "application/json",
            "{\"request_uri\":\"" + REQUEST_URI + "\",\"expires_in\":" + lifetime + "}"));

    BrowserSignIn signIn = requiring().beginBrowserSignIn();

    assertThat(signIn.expiresIn()).isEqualTo(Duration.ofMinutes(15));
    signIn.cancel();
  }

  /** Whatever stands in it, it stays one parameter of the page. */
  @Test
  void hostileRequestUriAddsNothingToThePage() {
    String hostile = "https://evil.example.com/?a=b&client_id=other#x\r\nSet-Cookie: a\u202e";
    server.answer("/par", Answer.json(201, pushed().with("request_uri", hostile)));

    BrowserSignIn signIn = requiring().beginBrowserSignIn();

    assertThat(signIn.uri().getRawAuthority()).isEqualTo(issuer.getRawAuthority());
    assertThat(signIn.uri().getRawFragment()).isNull();
    assertThat(PlainBrowser.parameters(signIn.uri()))
        .containsExactly(
            Map.entry("client_id", SignInRun.CLIENT_ID), Map.entry("request_uri", hostile));
    signIn.cancel();
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_request, AppMisconfigured",
    "400, invalid_scope, AppMisconfigured",
    "401, invalid_client, AppMisconfigured",
    "400, unauthorized_client, AppMisconfigured",
    "400, invalid_grant, AppMisconfigured",
    "403, access_denied, AdminActionRequired",
    "400, login_required, AdminActionRequired",
    "405, '', InvalidResponse",
    "413, '', InvalidResponse",
    "429, '', Throttled",
    "429, slow_down, Throttled",
    "500, server_error, ServiceUnavailable",
    "503, '', ServiceUnavailable",
    "200, invalid_request, AppMisconfigured",
    "302, '', InvalidResponse",
  })
  void refusalEndsTheBeginningWithItsType(int status, String error, String type) throws Exception {
    server.answer(
        "/par",
        error.isEmpty()
            ? Answer.html(status)
            : Answer.json(status, new Body().with("error", error)));

    LatchkeyException failure = failure(LatchkeyException.class, requiring());

    assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
    assertThat(failure).hasMessageContaining("begin the sign-in with the browser");
    assertThat(String.valueOf(failure.remedy())).doesNotContainIgnoringCase("sign in again");
  }

  @Test
  void serverThatAsksToWaitGetsNoOtherRequestMeanwhile() {
    server.answer("/par", Answer.page(429, "text/plain", "", "Retry-After: 30"));
    PublicClient client = requiring();

    Throttled first = failure(Throttled.class, client);
    Throttled second = failure(Throttled.class, client);

    assertThat(first.retryAfter()).isEqualTo(Duration.ofSeconds(30));
    assertThat(second.retryAfter()).isEqualTo(Duration.ofSeconds(30));
    assertThat(server.requests("/par")).hasSize(1);
  }

  @Test
  void whoTriesAgainWhileTheServerAsksToWaitDoesNotProlongTheWait() {
    server
        .answer("/par", Answer.page(429, "text/plain", "", "Retry-After: 30"))
        .answer("/par", Answer.json(201, pushed()));
    BrowserRun run = run(required());

    failure(Throttled.class, run.client());
    run.time.advance(Duration.ofMillis(29_500));
    failure(Throttled.class, run.client());
    run.time.advance(Duration.ofMillis(400));
    Throttled last = failure(Throttled.class, run.client());
    run.time.advance(Duration.ofMillis(200));
    boolean cancelled = run.client().beginBrowserSignIn().cancel();

    assertThat(last.retryAfter()).isEqualTo(Duration.ofMillis(100));
    assertThat(cancelled).isTrue();
    assertThat(server.requests("/par")).hasSize(2);
  }

  @Test
  void lostAnswerIsNoConnection() {
    server.answer("/par", Answer.reset());

    failure(ServiceUnavailable.class, requiring());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http://elsewhere.example.com/par", "https://e.com/par#x", "no uri"})
  void serverThatRequiresPushedRequestsAndNamesNoUsableEndpointIsInvalid(String endpoint) {
    Body body = metadata().with("require_pushed_authorization_requests", true);
    PublicClient client =
        client(
            endpoint.isEmpty()
                ? body
                : body.with("pushed_authorization_request_endpoint", endpoint));

    assertThat(failure(InvalidResponse.class, client)).hasMessageContaining("name no endpoint");
  }

  /** The flaw is no matter of a sign-in without a browser. */
  @Test
  void signInWithADeviceCodeNeedsNoPushedRequests() {
    server.answer("/device", Answer.json(200, Body.device()));
    PublicClient client =
        client(
            metadata()
                .with("device_authorization_endpoint", server.at("/device").toString())
                .with("require_pushed_authorization_requests", true));

    assertThat(client.beginSignIn().cancel()).isTrue();
  }

  @Test
  void cancelledBeginningAbortsThePushAndFreesThePort() throws Exception {
    server.answer("/par", Answer.hang());

    CompletableFuture<BrowserSignIn> begun = requiring().beginBrowserSignInAsync();
    URI redirect =
        URI.create(
            String.valueOf(server.awaitRequests("/par", 1).get(0).form().get("redirect_uri")));
    boolean cancelled = begun.cancel(true);

    server.awaitQuiet(); // the client has hung up
    PlainBrowser.awaitNobody(redirect);
    assertThat(cancelled).isTrue();
    assertThat(failureOf(begun)).isInstanceOf(CancellationException.class);
  }

  @Test
  void refusedPushFreesThePort() throws Exception {
    server.answer("/par", Answer.error("invalid_request"));

    failure(AppMisconfigured.class, requiring());

    PlainBrowser.awaitNobody(
        URI.create(String.valueOf(server.requests("/par").get(0).form().get("redirect_uri"))));
  }

  private static @Nullable Throwable failureOf(CompletableFuture<?> future) {
    return future
        .<@Nullable Throwable>handle(
            (value, failure) -> failure == null ? null : Futures.unwrap(failure))
        .join();
  }
}
