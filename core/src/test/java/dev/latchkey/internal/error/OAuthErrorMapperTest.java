package dev.latchkey.internal.error;

import static dev.latchkey.internal.error.Context.Request.DEVICE_AUTHORIZATION;
import static dev.latchkey.internal.error.Context.Request.DEVICE_TOKEN;
import static dev.latchkey.internal.error.Context.Request.REFRESH;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.latchkey.error.AccountProblem;
import dev.latchkey.error.AdminActionRequired;
import dev.latchkey.error.AppMisconfigured;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.OAuthError;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.SignInDeclined;
import dev.latchkey.error.SignInExpired;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.error.Throttled;
import dev.latchkey.fixture.Replies;
import dev.latchkey.internal.http.TransportFailure;
import dev.latchkey.internal.oauth.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OAuthErrorMapperTest {

  @ParameterizedTest
  @CsvSource({
    "invalid_request, AppMisconfigured",
    "invalid_client, AppMisconfigured",
    "unauthorized_client, AppMisconfigured",
    "unsupported_grant_type, AppMisconfigured",
    "invalid_scope, AppMisconfigured",
    "invalid_resource, AppMisconfigured",
    "invalid_target, AppMisconfigured",
    "invalid_grant, SignInRequired",
    "interaction_required, SignInRequired",
    "login_required, SignInRequired",
    "consent_required, SignInRequired",
    "temporarily_unavailable, ServiceUnavailable",
    "server_error, ServiceUnavailable",
    "slow_down, Throttled",
    "user_password_expired, AccountProblem",
    "access_denied, AdminActionRequired",
    "expired_token, SignInRequired",
    "authorization_pending, InvalidResponse",
    "never_heard_of, AppMisconfigured",
  })
  void errorDecidesForARefreshEvenWithAnUnknownNumber(String error, String type) {
    assertThat(map(OAuthError.of(400, error), REFRESH).getClass()).hasToString(named(type));
    assertThat(map(Replies.error(error, 999_999), REFRESH).getClass()).hasToString(named(type));
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_denied", "authorization_declined"})
  void refusalOfThePersonIsDeclined(String error) {
    assertThat(map(OAuthError.of(400, error), DEVICE_TOKEN)).isInstanceOf(SignInDeclined.class);
  }

  @Test
  void expiredCodeIsExpired() {
    assertThat(map(OAuthError.of(400, "expired_token"), DEVICE_TOKEN))
        .isInstanceOf(SignInExpired.class);
    assertThat(map(Replies.error("invalid_grant", 70019), DEVICE_TOKEN))
        .isInstanceOf(SignInExpired.class);
    assertThat(map(Replies.error("expired_token", 70020), DEVICE_TOKEN))
        .isInstanceOf(SignInExpired.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bad_verification_code", "invalid_grant"})
  void unknownDeviceCodeIsReportedPlainly(String error) {
    LatchkeyException exception = map(OAuthError.of(400, error), DEVICE_TOKEN);

    assertThat(reason(exception)).isEqualTo(Reason.DEVICE_CODE_REJECTED);
    assertThat(exception)
        .hasMessage(
            "Could not complete the sign-in: "
                + error
                + ". The server rejects the device code, which should still be valid.");
  }

  @Test
  void policyThatBlocksAfterApprovalNeedsAnAdministratorWhateverTheError() {
    for (String error : new String[] {"access_denied", "invalid_grant", "never_heard_of"}) {
      assertThat(map(Replies.error(error, 53003), DEVICE_TOKEN))
          .isInstanceOf(AdminActionRequired.class);
    }
  }

  @Test
  void deniedRefreshIsNotADeclinedSignIn() {
    assertThat(map(OAuthError.of(403, "access_denied"), REFRESH))
        .isInstanceOf(AdminActionRequired.class);
    assertThat(map(OAuthError.of(403, "access_denied"), DEVICE_AUTHORIZATION))
        .isInstanceOf(AdminActionRequired.class);
    assertThat(reason(map(Replies.error("access_denied", 65004), REFRESH)))
        .isEqualTo(Reason.CONSENT_REQUIRED);
  }

  @Test
  void claimsTurnAnEndedSessionIntoAChallenge() {
    for (OAuthError error :
        new OAuthError[] {
          Replies.claims("invalid_grant", "{\"a\":1}"),
          Replies.claims("interaction_required", "{\"a\":1}", 50076),
          Replies.claims("interaction_required", "{\"a\":1}", 70043),
          Replies.claims("never_heard_of", "{\"a\":1}", 999_999),
        }) {
      assertThat(map(error, REFRESH))
          .asInstanceOf(type(SignInRequired.class))
          .returns(Reason.CLAIMS_CHALLENGE, SignInRequired::reason)
          .returns("{\"a\":1}", SignInRequired::claims)
          .returns(error, LatchkeyException::oauthError);
    }
  }

  @Test
  void claimsDoNotHideAnErrorForTheAdministrator() {
    assertThat(map(Replies.claims("interaction_required", "{\"a\":1}", 53000), REFRESH))
        .isInstanceOf(AdminActionRequired.class);
  }

  @ParameterizedTest
  @CsvSource({
    "bad_token, GRANT_REJECTED",
    "token_expired, EXPIRED",
    "client_mismatch, GRANT_REJECTED",
    "consent_required, CONSENT_REQUIRED",
    "user_password_expired, PASSWORD_CHANGED",
    "basic_action, POLICY",
    "additional_action, POLICY",
    "message_only, POLICY",
    "never_heard_of, GRANT_REJECTED",
  })
  void suberrorTellsTheReason(String suberror, Reason reason) {
    assertThat(reason(map(Replies.suberror("invalid_grant", suberror), REFRESH))).isEqualTo(reason);
  }

  @Test
  void suberrorIsIgnoredUnlessTheSessionEnded() {
    assertThat(map(Replies.suberror("invalid_client", "bad_token"), REFRESH))
        .isInstanceOf(AppMisconfigured.class);
    assertThat(map(Replies.suberror("invalid_grant", "protection_policy_required"), REFRESH))
        .isInstanceOf(AdminActionRequired.class);
  }

  @ParameterizedTest
  @CsvSource({
    "70000, GRANT_REJECTED",
    "700082, EXPIRED",
    "70008, EXPIRED",
    "700084, EXPIRED",
    "70043, POLICY",
    "50173, REVOKED",
    "50132, PASSWORD_CHANGED",
    "50133, PASSWORD_CHANGED",
    "65001, CONSENT_REQUIRED",
    "50076, CLAIMS_CHALLENGE",
  })
  void numberTellsTheReason(int number, Reason reason) {
    assertThat(reason(map(Replies.error("invalid_grant", number), REFRESH))).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "70002, 70008, SignInRequired", // as the v1 endpoint sends them
    "70000, 50173, SignInRequired",
    "9002313, 700082, SignInRequired",
    "50000, 70043, SignInRequired",
    "90033, 70008, SignInRequired",
    "70002, 50126, AccountProblem",
    "70000, 50057, AccountProblem",
    "70008, 53003, AdminActionRequired",
    "50076, 53000, AdminActionRequired",
    "50126, 53003, AdminActionRequired",
    "65001, 90094, AdminActionRequired",
    "70000, 7000218, AppMisconfigured",
    "70000, 50196, Throttled",
    "70002, 90033, ServiceUnavailable",
    "999999, 53003, AdminActionRequired",
  })
  void mostTellingOfTwoNumbersWinsInEitherOrder(int general, int telling, String type) {
    LatchkeyException alone = map(Replies.error("invalid_grant", telling), REFRESH);

    for (OAuthError error :
        new OAuthError[] {
          Replies.error("invalid_grant", general, telling),
          Replies.error("invalid_grant", telling, general),
        }) {
      assertThat(map(error, REFRESH).getClass()).hasToString(named(type));
      assertThat(map(error, REFRESH).remedy()).isEqualTo(alone.remedy());
    }
  }

  @Test
  void mostTellingNumberTellsTheReason() {
    assertThat(reason(map(Replies.error("invalid_grant", 70002, 70008), REFRESH)))
        .isEqualTo(Reason.EXPIRED);
    assertThat(reason(map(Replies.error("invalid_grant", 70000, 50173), REFRESH)))
        .isEqualTo(Reason.REVOKED);
    assertThat(reason(map(Replies.error("invalid_grant", 70008, 50076), REFRESH)))
        .isEqualTo(Reason.CLAIMS_CHALLENGE);
  }

  @Test
  void ofTwoNumbersThatSayAsMuchTheServersFirstWins() {
    LatchkeyException exception = map(Replies.error("invalid_grant", 50105, 53003), REFRESH);

    assertThat(exception).isInstanceOf(AdminActionRequired.class);
    assertThat(exception.remedy()).contains("assign the user");
  }

  @ParameterizedTest
  @ValueSource(ints = {70002, 900144, 90014, 90023, 9002313, 90100, 90121})
  void numberWithoutAReasonLeavesAnEndedSessionToTheError(int number) {
    LatchkeyException refresh = map(Replies.error("invalid_grant", number), REFRESH);
    LatchkeyException interaction = map(Replies.error("interaction_required", number), REFRESH);
    LatchkeyException declined = map(Replies.error("access_denied", number), DEVICE_TOKEN);

    assertThat(reason(refresh)).isEqualTo(Reason.GRANT_REJECTED);
    assertThat(refresh.remedy()).isEqualTo("Sign in again.");
    assertThat(reason(interaction)).isEqualTo(Reason.POLICY);
    assertThat(declined).isInstanceOf(SignInDeclined.class);
    assertThat(map(Replies.error("access_denied", number), REFRESH))
        .isInstanceOf(AdminActionRequired.class);
  }

  @Test
  void numberWithoutAReasonLeavesTheSuberrorItsReason() {
    OAuthError error =
        new OAuthError(
            400,
            "invalid_grant",
            null,
            "token_expired",
            List.of(9002313),
            null,
            null,
            null,
            null,
            null);

    assertThat(reason(map(error, REFRESH))).isEqualTo(Reason.EXPIRED);
  }

  @ParameterizedTest
  @CsvSource({
    "invalid_grant, AppMisconfigured",
    "expired_token, AppMisconfigured",
    "bad_verification_code, AppMisconfigured",
    "invalid_token, AppMisconfigured",
    "login_required, AdminActionRequired",
    "interaction_required, AdminActionRequired",
    "consent_required, AdminActionRequired",
    "account_selection_required, AdminActionRequired",
    "mfa_required, AdminActionRequired",
    "insufficient_claims, AdminActionRequired",
    "access_denied, AdminActionRequired",
    "authorization_declined, AdminActionRequired",
  })
  void errorFromTheDeviceEndpointNeverAsksToSignInAgain(String error, String type) {
    LatchkeyException exception = map(OAuthError.of(400, error), DEVICE_AUTHORIZATION);

    assertThat(exception.getClass()).hasToString(named(type));
    assertThat(exception.remedy()).isNotNull().doesNotContainIgnoringCase("sign in again");
  }

  @Test
  void claimsFromTheDeviceEndpointAreTheAdministratorsMatter() {
    OAuthError error = Replies.claims("interaction_required", "{\"a\":1}", 50076);

    assertThat(map(error, DEVICE_AUTHORIZATION)).isInstanceOf(AdminActionRequired.class);
  }

  @Test
  void errorsDocumentedAsNotToBeRetriedAreNotAnOutage() {
    for (int number : new int[] {50086, 90036, 90092}) {
      for (Context.Request request : new Context.Request[] {REFRESH, DEVICE_TOKEN}) {
        assertThat(map(Replies.error("invalid_request", number), request))
            .isInstanceOf(AdminActionRequired.class)
            .extracting(LatchkeyException::remedy, as(STRING))
            .contains("support ticket");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "65002, AppMisconfigured, client id",
    "901002, AppMisconfigured, scopes",
    "900561, AppMisconfigured, endpoint",
    "50049, AppMisconfigured, authority host",
    "90009, AppMisconfigured, client id",
    "54000, AccountProblem, minors",
    "80012, AccountProblem, hours",
    "9002341, SignInRequired, single sign-on",
  })
  void numberHasARemedyOfItsOwn(int number, String type, String words) {
    LatchkeyException exception = map(Replies.error("invalid_grant", number), REFRESH);

    assertThat(exception.getClass()).hasToString(named(type));
    assertThat(exception.remedy()).contains(words);
  }

  @ParameterizedTest
  @CsvSource({
    "User disabled, ACCOUNT_DISABLED",
    "Token is not active, EXPIRED",
    "Session not active, REVOKED",
    "Offline session not active, EXPIRED",
    "Session doesn't have required client, REVOKED",
    "Offline user session not found, REVOKED",
    "Stale token, REVOKED",
    "Maximum allowed refresh token reuse exceeded, REUSE_DETECTED",
    "maximum allowed REFRESH token reuse exceeded., REUSE_DETECTED",
    "Invalid refresh token, GRANT_REJECTED",
    "grant request is invalid, GRANT_REJECTED",
  })
  void keycloaksDescriptionTellsTheReason(String description, Reason reason) {
    assertThat(reason(map(Replies.described(400, "invalid_grant", description), REFRESH)))
        .isEqualTo(reason);
  }

  @Test
  void descriptionNeverChangesTheType() {
    assertThat(map(Replies.described(400, "invalid_client", "User disabled"), REFRESH))
        .isInstanceOf(AppMisconfigured.class);
    assertThat(map(Replies.described(400, "server_error", "Token is not active"), REFRESH))
        .isInstanceOf(ServiceUnavailable.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void serverOutOfOrderEndsNoSession(int status) {
    assertThat(map(OAuthError.of(status, "invalid_grant"), REFRESH))
        .isInstanceOf(ServiceUnavailable.class);
    assertThat(map(Replies.nonsense(status, "HTML page"), REFRESH))
        .isInstanceOf(ServiceUnavailable.class);
  }

  @Test
  void tooManyRequestsIsThrottledWithTheWait() {
    Reply plain = new Reply(429, null, "malformed JSON", null, Duration.ofMinutes(1), null, 0, 0);
    OAuthError typed = OAuthError.of(429, "invalid_request");
    Context context = Context.of(REFRESH);

    assertThat(OAuthErrorMapper.toException(plain, context))
        .asInstanceOf(type(Throttled.class))
        .returns(Duration.ofMinutes(1), Throttled::retryAfter);
    assertThat(OAuthErrorMapper.toException(typed, Duration.ofSeconds(9), context))
        .asInstanceOf(type(Throttled.class))
        .returns(Duration.ofSeconds(9), Throttled::retryAfter);
    assertThat(map(Replies.error("invalid_grant", 50196), REFRESH)).isInstanceOf(Throttled.class);
  }

  @Test
  void replyWithoutAnErrorIsInvalidAndHintsAtACaptivePortal() {
    assertThat(map(Replies.nonsense(200, "HTML page"), REFRESH))
        .isInstanceOf(InvalidResponse.class)
        .hasMessage("Could not refresh the session: the server answered HTTP 200, HTML page")
        .returns(
            "Check that no captive portal or proxy answers in the server's place.",
            LatchkeyException::remedy);
    assertThat(map(Replies.json(404, "{\"message\":\"no\"}"), REFRESH))
        .isInstanceOf(InvalidResponse.class)
        .returns(null, LatchkeyException::remedy);
  }

  @Test
  void unauthorizedWithoutAReasonPointsToTheClientId() {
    assertThat(map(Replies.nonsense(401, "a body that the JDK withheld"), DEVICE_AUTHORIZATION))
        .isInstanceOf(AppMisconfigured.class)
        .extracting(LatchkeyException::remedy, as(STRING))
        .contains("client id");
  }

  @Test
  void replyWithAnErrorIsMappedWithItsRetryAfter() {
    OAuthError error = OAuthError.of(400, "temporarily_unavailable");
    Reply reply = new Reply(400, null, null, error, Duration.ofSeconds(7), null, 0, 0);

    assertThat(map(reply, REFRESH))
        .asInstanceOf(type(ServiceUnavailable.class))
        .returns(Duration.ofSeconds(7), ServiceUnavailable::retryAfter)
        .returns(error, LatchkeyException::oauthError);
  }

  @Test
  void noReplyIsServiceUnavailable() {
    var cause = new java.io.IOException("reset");
    var failure = TransportFailure.of(URI.create("https://example.com/t?s=1"), cause, false);

    LatchkeyException exception = OAuthErrorMapper.toException(failure, Context.of(REFRESH));

    assertThat(exception)
        .isInstanceOf(ServiceUnavailable.class)
        .hasMessage("Could not refresh the session: https://example.com/t: connection broken")
        .hasCause(failure);
  }

  @Test
  void refusalOfAProxyIsNotTheNetworksFault() {
    assertThat(map(Replies.nonsense(407, "HTML page"), REFRESH))
        .isInstanceOf(ServiceUnavailable.class)
        .extracting(LatchkeyException::remedy, as(STRING))
        .contains("password for the proxy");
  }

  @Test
  void proseErrorIsMappedByItsStatus() {
    assertThat(map(OAuthError.of(405, "HTTP 405 Method Not Allowed"), DEVICE_AUTHORIZATION))
        .isInstanceOf(AppMisconfigured.class)
        .extracting(LatchkeyException::remedy, as(STRING))
        .contains("endpoint");
  }

  @Test
  void messageIsTheServersSentenceWithoutSupportDetails() {
    String description =
        "AADSTS700082: The refresh token has expired due to inactivity. Trace ID: 1"
            + " Correlation ID: 2 Timestamp: 2026-01-01 00:00:00Z";

    assertThat(map(Replies.described(400, "invalid_grant", description), REFRESH))
        .hasMessage(
            "Could not refresh the session: AADSTS700082: The refresh token has expired due to"
                + " inactivity. (invalid_grant)");
  }

  @Test
  void longDescriptionIsTruncated() {
    String description = "lorem ipsum ".repeat(100);

    assertThat(map(Replies.described(400, "invalid_grant", description), REFRESH).getMessage())
        .hasSizeLessThan(500)
        .endsWith("… (invalid_grant)");
  }

  @Test
  void accountIsCarriedIntoTheNextSignIn() {
    Context context = new Context(REFRESH, "account-1");

    assertThat(OAuthErrorMapper.toException(OAuthError.of(400, "invalid_grant"), null, context))
        .asInstanceOf(type(SignInRequired.class))
        .returns("account-1", SignInRequired::accountId);
  }

  @Test
  void publicClientFlowsOffHasItsRemedy() {
    assertThat(map(Replies.error("invalid_client", 7000218), DEVICE_TOKEN))
        .isInstanceOf(AppMisconfigured.class)
        .returns(
            "\"Allow public client flows\" is off: switch it on in the app registration,"
                + " Authentication, Settings.",
            LatchkeyException::remedy);
    assertThat(map(Replies.error("invalid_grant", 50057), REFRESH))
        .isInstanceOf(AccountProblem.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405, 415})
  void unknownErrorWithAStatusOfAWrongAddressPointsToTheEndpoints(int status) {
    LatchkeyException exception = map(OAuthError.of(status, "no such thing"), REFRESH);

    assertThat(exception).isInstanceOf(AppMisconfigured.class);
    assertThat(exception.remedy()).contains("endpoint URLs");
  }

  @Test
  void unknownErrorWithAnotherStatusDoesNotBlameTheEndpoints() {
    assertThat(map(OAuthError.of(400, "no such thing"), REFRESH).remedy()).isNull();
  }

  private static LatchkeyException map(OAuthError error, Context.Request request) {
    return OAuthErrorMapper.toException(error, null, Context.of(request));
  }

  private static LatchkeyException map(Reply reply, Context.Request request) {
    return OAuthErrorMapper.toException(reply, Context.of(request));
  }

  private static Reason reason(LatchkeyException exception) {
    assertThat(exception).isInstanceOf(SignInRequired.class);
    return ((SignInRequired) exception).reason();
  }

  private static String named(String type) {
    return "class dev.latchkey.error." + type;
  }

  @Test
  void longDescriptionIsCutBetweenCharacters() {
    String words = "x".repeat(399) + "\ud83d\ude00 and so on";

    LatchkeyException failure =
        OAuthErrorMapper.toException(
            Replies.described(400, "invalid_grant", words), null, Context.of(REFRESH));

    assertThat(failure.getMessage()).contains("x… (invalid_grant)");
  }
}
