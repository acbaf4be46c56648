package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.SignInRun;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The answers of real servers: Keycloak 26.4.5 and oidc-provider 9.13.3 as measured, Entra and
 * others as documented and as reported by users.
 */
class MeasuredAnswersTest {

  private static final Answer DEVICE = Answer.json(200, Body.device());
  private static final Answer TOKENS = Answer.json(200, Body.tokens());

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final SignInRun run = new SignInRun(server);

  @ParameterizedTest(name = "{0}: {2} {3}")
  @CsvSource({
    "Keycloak, 5, 400, authorization_pending, ",
    "Keycloak, 10, 400, slow_down, Slow down",
    "oidc-provider, 5, 400, authorization_pending, ",
    "Entra, 5, 400, authorization_pending, AADSTS70016: the person has not finished",
    "Entra, 5, 503, temporarily_unavailable, AADSTS90033: a transient error",
    "Google, 5, 428, authorization_pending, Precondition Required",
    "Google, 10, 403, slow_down, Forbidden",
    "GitHub, 5, 200, authorization_pending, ",
    "GitHub, 10, 200, slow_down, Too many requests",
  })
  void answerToAPollThatMeansToWait(
      String whose, long wait, int status, String error, String description) {
    server.answer("/device", DEVICE);
    server.answer("/token", Answer.json(status, body(error, description)), TOKENS);

    run.toSuccess();

    assertThat(run.waits()).as(whose).containsExactly(5L, wait);
  }

  @ParameterizedTest(name = "{0}: {2} {3}")
  @CsvSource({
    "Keycloak, SignInDeclined, 400, access_denied, ",
    "Keycloak, SignInExpired, 400, expired_token, ",
    "Keycloak, SignInRequired, 400, invalid_grant, Device code not valid",
    "Keycloak, AppMisconfigured, 401, invalid_client, ",
    "Keycloak, AppMisconfigured, 400, unauthorized_client, ",
    "Keycloak, AppMisconfigured, 401, unauthorized_client, ",
    "Keycloak, AppMisconfigured, 405, HTTP 405 Method Not Allowed, ",
    "Keycloak, AppMisconfigured, 415, The content-type header value did not match, ",
    "oidc-provider, SignInDeclined, 400, access_denied, ",
    "oidc-provider, SignInRequired, 400, invalid_grant, grant request is invalid",
    "oidc-provider, AppMisconfigured, 400, invalid_request, requested grant type is not allowed",
    "Entra, SignInDeclined, 400, authorization_declined, ",
    "Entra, SignInRequired, 400, bad_verification_code, ",
    "Entra, SignInExpired, 400, expired_token, AADSTS70020: the device_code expired",
    "Entra, AppMisconfigured, 401, invalid_client, AADSTS7000218: client_assertion is wanted",
    "Entra, AppMisconfigured, 401, invalid_client, AADSTS700025: the client is public",
    "Entra, AdminActionRequired, 400, invalid_grant, AADSTS53003: blocked by Conditional Access",
    "Entra, AdminActionRequired, 400, access_denied, AADSTS53003: blocked by Conditional Access",
    "Entra, SignInRequired, 400, interaction_required, AADSTS50076: use multifactor",
  })
  void answerToAPollThatEndsIt(
      String whose, String type, int status, String error, String description) {
    server.answer("/device", DEVICE);
    server.answer("/token", Answer.json(status, body(error, description)));
    SignIn signIn = run.client().beginSignIn();

    run.finish(signIn);

    Throwable failure = catchThrowable(signIn::await);
    assertThat(failure.getClass().getSimpleName()).as(whose).isEqualTo(type);
    assertThat(failure).hasMessageContaining(error);
    assertThat(run.waits()).containsExactly(5L);
  }

  @ParameterizedTest(name = "{0}: {2} {3}")
  @CsvSource({
    "Keycloak, AppMisconfigured, 401, invalid_client, ",
    "Keycloak, AppMisconfigured, 400, unauthorized_client, ",
    "oidc-provider, AppMisconfigured, 400, invalid_request, ",
    "oidc-provider, AppMisconfigured, 401, invalid_client, ",
    "Entra, AppMisconfigured, 400, invalid_request, AADSTS50059: no tenant",
    "Entra, AppMisconfigured, 400, unauthorized_client, AADSTS700016: no such application",
    "Entra, AppMisconfigured, 200, invalid_client, an error with status 200",
    "Entra, AppMisconfigured, 400, invalid_scope, AADSTS70011: no such scope",
  })
  void answerInsteadOfADeviceAuthorization(
      String whose, String type, int status, String error, String description) {
    server.answer("/device", Answer.json(status, body(error, description)));

    Throwable failure = catchThrowable(run.client()::beginSignIn);

    assertThat(failure.getClass().getSimpleName()).as(whose).isEqualTo(type);
    assertThat(failure).hasMessageContaining(error);
    assertThat(run.waits()).isEmpty();
  }

  @Test
  void deviceAuthorizationOfOidcProviderHasNoInterval() {
    Body device =
        Body.device()
            .without("interval")
            .with("verification_uri_complete", "https://example.com/device?user_code=WDJB-MJHT");
    server.answer("/device", Answer.json(200, device)).answer("/token", TOKENS);

    run.toSuccess();

    assertThat(run.waits()).containsExactly(5L);
  }

  @Test
  void keycloakForgetsACodeSoonAfterItExpired() {
    server.answer("/device", Answer.json(200, Body.device().with("expires_in", 60)));
    Answer forgotten = Answer.json(400, body("invalid_grant", "Device code not valid"));
    server.answer("/token", forgotten.after(() -> run.time.advance(Duration.ofSeconds(105))));
    SignIn signIn = run.client().beginSignIn();

    run.finish(signIn);

    Throwable failure = catchThrowable(signIn::await);
    assertThat(failure.getClass().getSimpleName()).isEqualTo("SignInExpired");
  }

  @Test
  void throttlingByEntraInPlainTextIsRecognized() {
    server.answer("/device", DEVICE);
    server.answer(
        "/token", Answer.page(429, "text/plain", "Too Many Requests", "Retry-After: 60"), TOKENS);

    run.toSuccess();

    assertThat(run.waits()).containsExactly(5L, 60L);
  }

  @Test
  void tokensOfKeycloakAreReadWithAllThatIsOnlyItsOwn() {
    Body tokens =
        Body.tokens()
            .with("refresh_expires_in", 0)
            .with("not-before-policy", 0)
            .with("session_state", "f9f1d3b0")
            .with("scope", "openid offline_access profile email");
    server.answer("/device", DEVICE).answer("/token", Answer.json(200, tokens));

    SignInResult signedIn = run.toSuccess();

    assertThat(signedIn.canRefresh()).isTrue();
    assertThat(signedIn.token().scopes().missing()).isEmpty();
    assertThat(signedIn.token().scopes().extra()).isEqualTo(Set.of("email"));
  }

  /** GitHub sends no expires_in for a token that does not expire, and no ID token. */
  @Test
  void tokensOfGitHubAreAnAccountWithoutAName() {
    Body tokens =
        new Body().with("access_token", "gho_a").with("token_type", "bearer").with("scope", "repo");
    server.answer("/device", DEVICE).answer("/token", Answer.json(200, tokens));

    SignInResult signedIn = run.toSuccess();

    assertThat(List.of(signedIn.token().type(), signedIn.token().value()))
        .containsExactly("Bearer", "gho_a");
    assertThat(signedIn.account().name()).isNull();
  }

  private static Body body(String error, @Nullable String description) {
    Body body = new Body().with("error", error);
    return description == null ? body : body.with("error_description", description);
  }
}
