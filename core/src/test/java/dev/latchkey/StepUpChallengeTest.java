package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.Headers;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.SignInRun;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an API wants of the next token, and the sign-in that brings it. */
class StepUpChallengeTest {

  /** The example of RFC 9470 §3. */
  private static final String STEP_UP =
      "Bearer error=\"insufficient_user_authentication\","
          + " error_description=\"A different authentication level is required\","
          + " acr_values=\"urn:example:mfa pwd\", max_age=\"300\"";

  private static final String SCOPE =
      "Basic realm=\"x\", Bearer realm=\"x\", error=\"insufficient_scope\", scope=\"files.write"
          + " mail\"";

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  @Test
  void requiredAuthenticationIsRead() {
    StepUpChallenge challenge =
        StepUpChallenge.parse(Headers.wwwAuthenticate(STEP_UP)).orElseThrow();

    assertThat(challenge)
        .isEqualTo(
            new StepUpChallenge(
                Set.of(), List.of("urn:example:mfa", "pwd"), Duration.ofMinutes(5)));
    assertThat(challenge.needsSignIn()).isTrue();
  }

  @Test
  void missingScopesAreReadBehindAnotherChallenge() {
    StepUpChallenge challenge = StepUpChallenge.parse(SCOPE).orElseThrow();

    assertThat(challenge.scopes()).containsExactly("files.write", "mail");
    assertThat(challenge.needsSignIn()).isFalse();
    assertThat(challenge.signInRequired(RefreshRun.account()))
        .satisfies(
            why -> {
              assertThat(why.reason()).isEqualTo(Reason.CONSENT_REQUIRED);
              assertThat(why.scopes()).containsExactly("files.write", "mail");
              assertThat(why.accountId()).isEqualTo(RefreshRun.account().id());
            });
  }

  /** {@code HttpURLConnection} has the status line under null. */
  @Test
  void headersOfOtherLibrariesAreRead() {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put(null, List.of("HTTP/1.1 401 Unauthorized"));
    headers.put("www-Authenticate", Arrays.asList("Negotiate", STEP_UP));

    assertThat(StepUpChallenge.parse(headers)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer error=\"insufficient_scope\"",
        "Bearer error=\"insufficient_scope\", scope=\"  \"",
        "Bearer error=\"insufficient_scope\", scope=\"a\u00e4\"",
        "Bearer error=\"invalid_token\", scope=\"a\"",
        "DPoP error=\"insufficient_user_authentication\"",
        "Bearer",
        ""
      })
  void whatLeavesNothingToAskForIsNoChallenge(String field) {
    assertThat(StepUpChallenge.parse(field)).isEmpty();
  }

  /** RFC 9470 §3 makes both parameters optional. */
  @Test
  void challengeThatNamesNeitherAsksForANewSignIn() {
    StepUpChallenge challenge =
        StepUpChallenge.parse("Bearer error=\"insufficient_user_authentication\", max_age=\"-1\"")
            .orElseThrow();

    assertThat(challenge.maxAge()).isEqualTo(Duration.ZERO);
    assertThat(challenge.needsSignIn()).isTrue();
  }

  @Test
  void signInRequestsWhatTheApiWants() {
    server.answer("/device", Answer.json(200, Body.device()));
    SignInRequired why =
        StepUpChallenge.parse(STEP_UP).orElseThrow().signInRequired(RefreshRun.account());

    SignIn signIn = new SignInRun(server).client().beginSignIn(why);

    assertThat(signIn.cancel()).isTrue();
    assertThat(why.reason()).isEqualTo(Reason.STEP_UP_REQUIRED);
    assertThat(server.requests("/device").get(0).form())
        .containsEntry("acr_values", "urn:example:mfa pwd")
        .containsEntry("max_age", "300");
  }
}
