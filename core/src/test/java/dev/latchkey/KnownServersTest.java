package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.SignInRun;
import dev.latchkey.internal.metadata.ConfiguredEndpoints;
import dev.latchkey.internal.metadata.Metadata;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripted copies of what the servers' documents say that they answer. */
class KnownServersTest {

  private static final String DEVICE = "/login/device/code";
  private static final String TOKEN = "/login/oauth/access_token";

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private SignInRun run(AuthorizationServer at, String scopes) {
    return new SignInRun(
        PublicClient.builder().authorizationServer(at).scopes(scopes).exactScopes());
  }

  private SignInRun atGitHub() {
    // Both endpoints answer a form unless they are asked for JSON.
    server.answerBy(
        DEVICE,
        request ->
            "application/json".equals(request.header("accept"))
                ? Answer.json(
                    200,
                    new Body()
                        .with("device_code", "3584d83530557fdd1f46af8289938c8ef79f9dc5")
                        .with("user_code", "WDJB-MJHT")
                        .with("verification_uri", "https://github.com/login/device")
                        .with("expires_in", 900)
                        .with("interval", 5))
                : Answer.page(200, "application/x-www-form-urlencoded", "device_code=3584d8"));
    return run(KnownServers.gitHub(server.at("")), "repo gist");
  }

  @Test
  void tokenOfGitHubHasItsScopesAlthoughTheyComeWithCommas() {
    SignInRun run = atGitHub();
    server.answer(
        TOKEN,
        Answer.json(200, new Body().with("error", "authorization_pending")),
        Answer.json(200, new Body().with("error", "slow_down").with("interval", 10)),
        Answer.json(
            200,
            new Body()
                .with("access_token", "gho_16C7e42F292c6912E7710c838347Ae178B4a")
                .with("token_type", "bearer")
                .with("scope", "repo,gist")));

    SignInResult signedIn = run.toSuccess();

    assertThat(run.waits()).containsExactly(5L, 5L, 10L);
    assertThat(signedIn.token().scopes().granted()).containsExactly("repo", "gist");
    assertThat(signedIn.token().scopes().missing()).isEmpty();
    assertThat(signedIn.token().expiresAt()).isEqualTo(AccessToken.UNTIL_REFUSED);
    assertThat(server.requests(DEVICE).get(0).form()).containsEntry("scope", "repo gist");
  }

  @ParameterizedTest
  @CsvSource({
    "expired_token, SignInExpired",
    "token_expired, SignInExpired",
    "access_denied, SignInDeclined",
    "incorrect_device_code, SignInRequired",
    "incorrect_client_credentials, AppMisconfigured",
    "device_flow_disabled, AppMisconfigured",
    "unsupported_grant_type, AppMisconfigured",
  })
  void errorOfGitHubEndsTheSignInWithItsType(String error, String type) {
    SignInRun run = atGitHub();
    server.answer(TOKEN, Answer.json(200, new Body().with("error", error)));
    SignIn signIn = run.client().beginSignIn();
    run.finish(signIn);

    LatchkeyException failure = catchThrowableOfType(LatchkeyException.class, signIn::await);

    assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
    assertThat(failure.remedy()).isNotBlank();
  }

  @Test
  void refreshTokenThatAGitHubAppNoLongerHasRequiresASignIn() {
    SignInRun run = atGitHub();
    server.answer(
        TOKEN,
        Answer.json(
            200,
            new Body()
                .with("access_token", "ghu_1")
                .with("expires_in", 28_800)
                .with("refresh_token", "ghr_1")
                .with("refresh_token_expires_in", 15_897_600)
                .with("scope", "")
                .with("token_type", "bearer")),
        Answer.json(200, new Body().with("error", "bad_refresh_token")));
    Account account = run.toSuccess().account();
    run.time.advance(Duration.ofHours(9));

    LatchkeyException failure =
        catchThrowableOfType(LatchkeyException.class, () -> run.client().tokens(account).get());

    assertThat(failure.getClass().getSimpleName()).isEqualTo("SignInRequired");
    assertThat(Objects.requireNonNull(run.client().status(account)).signInRequired())
        .isEqualTo(SignInRequired.Reason.GRANT_REJECTED);
  }

  @Test
  void gitLabAnswersAsTheStandardsSay() {
    server
        .answer(
            "/oauth/authorize_device",
            Answer.json(
                200,
                new Body()
                    .with("device_code", "GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS")
                    .with("user_code", "0A44L90H")
                    .with("verification_uri", "https://gitlab.example.com/oauth/device")
                    .with(
                        "verification_uri_complete",
                        "https://gitlab.example.com/oauth/device?user_code=0A44L90H")
                    .with("expires_in", 300)
                    .with("interval", 5)))
        .answer(
            "/oauth/token",
            Answer.json(400, new Body().with("error", "slow_down")),
            Answer.json(
                200,
                new Body()
                    .with("access_token", "TOKEN")
                    .with("token_type", "Bearer")
                    .with("expires_in", 7_200)
                    .with("scope", "read_api")
                    .with("created_at", 1_593_096_829)));
    SignInRun run = run(KnownServers.gitLab(server.at("")), "read_api");

    SignInResult signedIn = run.toSuccess();

    assertThat(run.waits()).containsExactly(5L, 10L);
    assertThat(signedIn.token().value()).isEqualTo("TOKEN");
    assertThat(signedIn.token().scopes().missing()).isEmpty();
  }

  @Test
  void endpointsAreThoseOfTheDocuments() {
    Metadata gitHub = metadata(KnownServers.gitHub());
    Metadata gitLab = metadata(KnownServers.gitLab());

    assertThat(gitHub.deviceAuthorizationEndpoint()).hasToString("https://github.com" + DEVICE);
    assertThat(gitHub.tokenEndpoint()).hasToString("https://github.com" + TOKEN);
    assertThat(gitHub.revocationEndpoint()).isNull();
    assertThat(gitLab.issuer()).isEqualTo("https://gitlab.com");
    assertThat(gitLab.authorizationEndpoint()).hasToString("https://gitlab.com/oauth/authorize");
    assertThat(gitLab.revocationEndpoint()).hasToString("https://gitlab.com/oauth/revoke");
    assertThat(metadata(KnownServers.gitLab(URI.create("https://git.example.com/"))).issuer())
        .isEqualTo("https://git.example.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://git.example.com",
        "https://git.example.com/api",
        "https://git.example.com?"
      })
  void hostIsNothingButAHost(String host) {
    URI uri = URI.create(host);

    assertThatIllegalArgumentException().isThrownBy(() -> KnownServers.gitHub(uri));
    assertThatIllegalArgumentException().isThrownBy(() -> KnownServers.gitLab(uri));
  }

  private static Metadata metadata(AuthorizationServer at) {
    return ((ConfiguredEndpoints) at.endpoints()).metadata();
  }
}
