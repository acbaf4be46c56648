package dev.latchkey.internal.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.AuthorizationServer;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.error.AppMisconfigured;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.SignInExpired;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.ScriptedServer.Request;
import dev.latchkey.fixture.SignInRun;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8628 §3, each of its requirements on a client, in its order. */
class Rfc8628Test {

  private static final Answer PENDING = Answer.error("authorization_pending");
  private static final Answer TOKENS = Answer.json(200, Body.tokens());

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final SignInRun run =
      new SignInRun(
          PublicClient.builder()
              .authorizationServer(server.authorizationServer())
              .scopes("Files.Read", "a:b/c"));

  /**
   * §3.1: "making an HTTP "POST" request to the device authorization endpoint", "using the
   * "application/x-www-form-urlencoded" format", client_id "REQUIRED if the client is not
   * authenticating with the authorization server".
   */
  @Test
  void deviceAuthorizationRequestIsAFormWithClientIdAndScope() {
    server.answer("/device", Answer.json(200, Body.device()));

    SignIn signIn = run.client().beginSignIn();

    assertThat(signIn.cancel()).isTrue();
    Request request = server.requests("/device").get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.header("content-type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(request.form())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "client_id",
                SignInRun.CLIENT_ID,
                "scope",
                "Files.Read a:b/c openid profile offline_access"));
  }

  /** §3.1: "All requests from the device MUST use the Transport Layer Security (TLS) protocol". */
  @ParameterizedTest
  @ValueSource(strings = {"http://example.com/d", "ftp://example.com/d", "//example.com/d"})
  void endpointsWithoutTlsAreRejectedByTheBuilder(String endpoint) {
    URI plain = URI.create(endpoint);
    URI secure = URI.create("https://example.com/token");

    assertThatThrownBy(() -> AuthorizationServer.of(null, plain, secure, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https");
    assertThatThrownBy(() -> AuthorizationServer.of(null, secure, plain, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AuthorizationServer.of(null, secure, secure, plain))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AuthorizationServer.discover(plain))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** §3.1: "Request and response parameters MUST NOT be included more than once." */
  @Test
  void requestParametersAreSentOnce() {
    server.answer("/device", Answer.json(200, Body.device())).answer("/token", PENDING, TOKENS);

    run.toSuccess(); // the server refuses a parameter that comes twice

    assertThat(server.requests("/token")).hasSize(2);
  }

  /** §3.1: "Request and response parameters MUST NOT be included more than once." */
  @Test
  void duplicateResponseParametersAreRejected() {
    String twice = Body.device().toString().replace("{", "{\"user_code\":\"EVIL-CODE\",");
    server.answer("/device", Answer.json(200, twice));

    InvalidResponse failure = run.beginToFailure(InvalidResponse.class);

    assertThat(failure).hasMessageContaining("names a member twice");
  }

  /** §3.2: device_code, user_code and verification_uri are "REQUIRED". */
  @ParameterizedTest
  @ValueSource(strings = {"device_code", "user_code", "verification_uri"})
  void answerWithoutARequiredMemberIsNamed(String member) {
    server.answer("/device", Answer.json(200, Body.device().without(member)));

    InvalidResponse failure = run.beginToFailure(InvalidResponse.class);

    // verification_url, Google's name for it, is the last that is looked for
    assertThat(failure).hasMessageContaining(member.replace("_uri", "_ur"));
  }

  /** §3.2: "If no value is provided, clients MUST use 5 as the default." */
  @Test
  void missingIntervalIsFiveSeconds() {
    server.answer("/device", Answer.json(200, Body.device().without("interval")));
    server.answer("/token", TOKENS);

    run.toSuccess();

    assertThat(run.waits()).containsExactly(5L);
  }

  /**
   * §3.2: "In the event of an error …, the authorization server responds in the same way as the
   * token endpoint specified in Section 5.2 of [RFC6749]."
   */
  @Test
  void errorOfTheDeviceEndpointIsReadLikeOneOfTheTokenEndpoint() {
    Body error = new Body().with("error", "invalid_client").with("error_description", "Who?");
    server.answer("/device", Answer.json(401, error));

    AppMisconfigured failure = run.beginToFailure(AppMisconfigured.class);

    assertThat(failure).hasMessageContaining("Who? (invalid_client)");
  }

  /**
   * §3.3: "The "device_code" is not intended for the end user directly; thus, it should not be
   * displayed".
   */
  @Test
  void deviceCodeIsNotShown() {
    server.answer("/device", Answer.json(200, Body.device()));

    SignIn signIn = run.client().beginSignIn();

    assertThat(signIn.deviceAuthorization().toString())
        .contains("WDJB-MJHT")
        .doesNotContain(Body.DEVICE_CODE);
    assertThat(signIn.toString()).doesNotContain(Body.DEVICE_CODE);
    assertThat(signIn.cancel()).isTrue();
  }

  /**
   * §3.4: "grant_type REQUIRED. Value MUST be set to
   * "urn:ietf:params:oauth:grant-type:device_code"", device_code "REQUIRED", client_id "REQUIRED if
   * the client is not authenticating".
   */
  @Test
  void tokenRequestIsAFormWithGrantTypeDeviceCodeAndClientId() {
    server.answer("/device", Answer.json(200, Body.device())).answer("/token", TOKENS);

    run.toSuccess();

    Request request = server.requests("/token").get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.header("content-type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(request.header("authorization")).isNull();
    assertThat(request.form())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:device_code",
                "device_code",
                Body.DEVICE_CODE,
                "client_id",
                SignInRun.CLIENT_ID));
  }

  /**
   * §3.5, slow_down: "the interval MUST be increased by 5 seconds for this and all subsequent
   * requests".
   */
  @Test
  void slowDownIncreasesTheIntervalForThisAndAllSubsequentRequests() {
    server.answer("/device", Answer.json(200, Body.device()));
    server.answer("/token", PENDING, Answer.error("slow_down"), PENDING, PENDING, TOKENS);

    run.toSuccess();

    assertThat(run.waits()).containsExactly(5L, 5L, 10L, 10L, 10L);
  }

  /**
   * §3.5: "Before each new request, the client MUST wait at least the number of seconds specified
   * by the "interval" parameter of the device authorization response, or 5 seconds if none was
   * provided, and respect any increase in the polling interval required by the "slow_down" error."
   */
  @Test
  void noRequestIsSentBeforeTheIntervalIsOver() throws InterruptedException {
    server.answer("/device", Answer.json(200, Body.device().with("interval", 7)));
    server.answer("/token", PENDING, PENDING);
    SignIn signIn = run.client().beginSignIn();

    for (int polls = 0; polls < 2; polls++) {
      run.time.advance(Duration.ofMillis(6_999));
      assertThat(server.requests("/token")).hasSize(polls);
      run.time.advance(Duration.ofMillis(1));
      server.awaitRequests("/token", polls + 1);
      run.time.awaitWaits(polls + 2);
    }

    assertThat(signIn.cancel()).isTrue();
  }

  /**
   * §3.5: "On encountering a connection timeout, clients MUST unilaterally reduce their polling
   * frequency before retrying. The use of an exponential backoff algorithm to achieve this, such as
   * doubling the polling interval on each such connection timeout, is RECOMMENDED."
   */
  @Test
  void connectionTimeoutReducesThePollingFrequency() {
    SignInRun hasty =
        new SignInRun(
            PublicClient.builder()
                .authorizationServer(server.authorizationServer())
                .requestTimeout(Duration.ofMillis(200)));
    server.answer("/device", Answer.json(200, Body.device()));
    server.answer("/token", Answer.hang(), Answer.hang(), TOKENS);

    hasty.toSuccess();

    assertThat(hasty.waits()).containsExactly(5L, 10L, 20L);
  }

  /**
   * §3.5: "Upon receiving an error response other than "authorization_pending" or "slow_down", the
   * client MUST stop polling and SHOULD react accordingly, for example, by displaying an error to
   * the user."
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"access_denied", "expired_token", "invalid_grant", "invalid_client", "unheard_of"})
  void anyOtherErrorStopsThePolling(String error) {
    server.answer("/device", Answer.json(200, Body.device())).answer("/token", Answer.error(error));
    SignIn signIn = run.client().beginSignIn();

    run.finish(signIn);

    assertThatThrownBy(signIn::await).hasMessageContaining(error);
    run.time.advance(Duration.ofDays(1));
    assertThat(server.requests("/token")).hasSize(1);
  }

  /**
   * §3.5, expired_token: "The client MAY commence a new device authorization request but SHOULD
   * wait for user interaction before restarting to avoid unnecessary polling."
   */
  @Test
  void expiryStartsNoNewSignIn() {
    server.answer("/device", Answer.json(200, Body.device()));
    server.answer("/token", Answer.error("expired_token"));

    run.toFailure(SignInExpired.class);

    run.time.advance(Duration.ofDays(1));
    assertThat(server.requests("/device")).hasSize(1);
  }
}
