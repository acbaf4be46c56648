package dev.latchkey.internal.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.SignInResult;
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
import dev.latchkey.error.Throttled;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.SignInRun;
import dev.latchkey.store.StoredRecord;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in which a sign-in fails, each with its type. */
class SignInEndsTest {

  private static final Answer DEVICE = Answer.json(200, Body.device());
  private static final Answer PENDING = Answer.error("authorization_pending");

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final SignInRun run = new SignInRun(server);

  @ParameterizedTest
  @CsvSource({
    "access_denied, SignInDeclined",
    "authorization_declined, SignInDeclined",
    "expired_token, SignInExpired",
    "bad_verification_code, SignInRequired",
    "invalid_grant, SignInRequired",
    "invalid_client, AppMisconfigured",
    "unauthorized_client, AppMisconfigured",
    "unsupported_grant_type, AppMisconfigured",
    "invalid_request, AppMisconfigured",
    "invalid_scope, AppMisconfigured",
    "quota_of_the_year_2040, AppMisconfigured",
  })
  void eachTerminalCodeEndsThePollingWithItsType(String error, String type) {
    server.answer("/device", DEVICE).answer("/token", PENDING, Answer.error(error));

    LatchkeyException failure = run.toFailure(type(type));

    assertThat(failure).hasMessageContaining(error);
    assertThat(failure.oauthError()).extracting(OAuthError::error).isEqualTo(error);
    assertNothingFollows();
  }

  @Test
  void errorInASuccessIsAnError() {
    Body body = Body.tokens().with("error", "access_denied");
    server.answer("/device", DEVICE).answer("/token", Answer.json(200, body));

    run.toFailure(SignInDeclined.class);

    assertNothingFollows();
  }

  @Test
  void pendingInASuccessIsPending() {
    Body pending = new Body().with("error", "authorization_pending");
    server.answer("/device", DEVICE).answer("/token", Answer.json(200, pending));
    server.answer("/token", Answer.json(200, Body.tokens()));

    run.toSuccess();

    assertThat(run.waits()).containsExactly(5L, 5L);
  }

  @Test
  void everyDetailOfEntrasErrorIsCarriedVerbatim() {
    Body body =
        new Body()
            .with("error", "invalid_client")
            .with(
                "error_description", "AADSTS7000218: The request body must contain.\r\nTrace ID: t")
            .with("error_codes", List.of(7000218))
            .with("suberror", "a_suberror")
            .with("timestamp", "2026-03-01 12:00:00Z")
            .with("trace_id", "0000aaaa-11bb-cccc-dd22-eeeeee333333")
            .with("correlation_id", "aaaa0000-bb11-2222-33cc-444444dddddd")
            .with("error_uri", "https://login.microsoftonline.com/error?code=7000218");
    server.answer("/device", DEVICE).answer("/token", Answer.json(401, body));

    AppMisconfigured failure = run.toFailure(AppMisconfigured.class);

    assertThat(failure.remedy()).startsWith("\"Allow public client flows\" is off");
    assertThat(failure.oauthError())
        .isEqualTo(
            new OAuthError(
                401,
                "invalid_client",
                "AADSTS7000218: The request body must contain. Trace ID: t",
                "a_suberror",
                List.of(7000218),
                null,
                "aaaa0000-bb11-2222-33cc-444444dddddd",
                "0000aaaa-11bb-cccc-dd22-eeeeee333333",
                "2026-03-01 12:00:00Z",
                "https://login.microsoftonline.com/error?code=7000218"));
  }

  @ParameterizedTest
  @CsvSource({
    "53003, AdminActionRequired",
    "50057, AccountProblem",
    "65004, SignInDeclined",
    "70019, SignInExpired",
    "700016, AppMisconfigured",
    "50076, SignInRequired",
  })
  void entrasNumberRefinesTheType(int number, String type) {
    Body body = new Body().with("error", "invalid_grant").with("error_codes", List.of(number));
    server.answer("/device", DEVICE).answer("/token", Answer.json(400, body));

    LatchkeyException failure = run.toFailure(type(type));

    assertThat(failure.oauthError()).extracting(OAuthError::aadsts).isEqualTo(List.of(number));
  }

  @Test
  void invalidGrantThatComesAfterTheDeadlineIsAnExpiry() {
    server.answer("/device", Answer.json(200, Body.device().with("expires_in", 30)));
    Answer gone = Answer.error("invalid_grant");
    server.answer("/token", gone.after(() -> run.time.advance(Duration.ofMinutes(1))));

    SignInExpired failure = run.toFailure(SignInExpired.class);

    assertThat(failure.oauthError()).extracting(OAuthError::error).isEqualTo("invalid_grant");
    assertNothingFollows();
  }

  @Test
  void invalidGrantAfterTheMachineSleptPastTheDeadlineIsAnExpiry() {
    server.answer("/device", DEVICE).answer("/token", PENDING, Answer.error("invalid_grant"));
    SignIn signIn = run.client().beginSignIn();
    run.time.finishNextWait();
    run.time.sleep(Duration.ofHours(8));

    run.finish(signIn);

    SignInRun.failure(SignInExpired.class, signIn);
  }

  @Test
  void answerAfterTheDeadlineIsFollowedByNoPoll() {
    server.answer("/device", Answer.json(200, Body.device().with("expires_in", 30)));
    server.answer("/token", PENDING.after(() -> run.time.advance(Duration.ofMinutes(1))));

    run.toFailure(SignInExpired.class);

    assertThat(run.time.waits()).containsExactly(Duration.ofSeconds(5), Duration.ZERO);
    assertNothingFollows();
  }

  @Test
  void tokensAfterTheDeadlineCount() {
    server.answer("/device", Answer.json(200, Body.device().with("expires_in", 30)));
    Answer tokens = Answer.json(200, Body.tokens());
    server.answer("/token", tokens.after(() -> run.time.advance(Duration.ofMinutes(1))));

    SignInResult signedIn = run.toSuccess();

    assertThat(run.client().accounts()).containsExactly(signedIn.account());
  }

  @ParameterizedTest
  @CsvSource({
    "invalid_client, AppMisconfigured",
    "unauthorized_client, AppMisconfigured",
    "invalid_scope, AppMisconfigured",
    "invalid_request, AppMisconfigured",
    "access_denied, AdminActionRequired",
    "invalid_grant, AppMisconfigured",
    "expired_token, AppMisconfigured",
    "login_required, AdminActionRequired",
    "interaction_required, AdminActionRequired",
    "authorization_pending, InvalidResponse",
    "temporarily_unavailable, ServiceUnavailable",
    "slow_down, Throttled",
    "quota_of_the_year_2040, AppMisconfigured",
  })
  void refusedDeviceAuthorizationFailsAtOnceWithItsType(String error, String type) {
    server.answer("/device", Answer.error(error));

    LatchkeyException failure = run.beginToFailure(type(type));

    assertThat(failure).hasMessageContaining(error);
    assertThat(failure.oauthError()).extracting(OAuthError::error).isEqualTo(error);
    assertNothingFollows();
  }

  /** The README's handler: sign in again for whatever {@link SignInRequired} was thrown. */
  @ParameterizedTest
  @ValueSource(
      strings = {"invalid_grant", "login_required", "interaction_required", "expired_token"})
  void handlerOfTheReadmeEndsWhateverTheDeviceEndpointAnswers(String error) {
    server.answer("/device", Answer.error(error));
    SignInRequired why =
        new SignInRequired(SignInRequired.Reason.EXPIRED, null, null, "over", null, null, null);

    Throwable failure = catchThrowable(() -> run.client().beginSignIn(why));

    assertThat(failure).isInstanceOf(LatchkeyException.class).isNotInstanceOf(SignInRequired.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404})
  void tokenEndpointThatIsNoneEndsTheSignInAfterThreePolls(int status) {
    Answer nothing = Answer.page(status, "text/plain", "");
    server.answer("/device", DEVICE).answer("/token", nothing, nothing, nothing);

    InvalidResponse failure = run.toFailure(InvalidResponse.class);

    assertThat(failure).hasMessageContaining("HTTP " + status + ", empty body");
    assertThat(run.waits()).containsExactly(5L, 5L, 5L);
    assertNothingFollows();
  }

  @Test
  void entrasErrorWithStatus200IsAnErrorAtTheDeviceEndpointToo() {
    server.answer("/device", Answer.json(200, new Body().with("error", "invalid_client")));

    run.beginToFailure(AppMisconfigured.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503})
  void failingDeviceEndpointIsReportedAtOnce(int status) {
    Answer busy = Answer.page(status, "text/plain", "", "Retry-After: 42");
    server.answer("/device", busy);

    ServiceUnavailable failure = run.beginToFailure(ServiceUnavailable.class);

    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(42));
  }

  @Test
  void throttledDeviceEndpointSaysWhenToRetry() {
    server.answer("/device", Answer.page(429, "text/plain", "no", "Retry-After: 60"));

    Throttled failure = run.beginToFailure(Throttled.class);

    assertThat(failure.retryAfter()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void deviceEndpointThatClosesTheConnectionIsUnavailable() {
    server.answer("/device", Answer.reset());

    ServiceUnavailable failure = run.beginToFailure(ServiceUnavailable.class);

    assertThat(failure).hasMessageContaining("connection broken");
    assertThat(failure.remedy()).contains("network");
  }

  @Test
  void deviceEndpointThatNeverAnswersIsAbandoned() {
    SignInRun hasty =
        new SignInRun(
            PublicClient.builder()
                .authorizationServer(server.authorizationServer())
                .requestTimeout(Duration.ofMillis(300)));
    server.answer("/device", Answer.hang());

    ServiceUnavailable failure = hasty.beginToFailure(ServiceUnavailable.class);

    assertThat(failure).hasMessageContaining("did not answer within 300 ms");
  }

  @Test
  void signInEndsWithTheCodesExpiryIfTheHttpClientHasNoThreads() {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    SignInRun doomed =
        new SignInRun(
            PublicClient.builder()
                .authorizationServer(server.authorizationServer())
                .httpClient(HttpClient.newBuilder().executor(threads).build()));
    server.answer("/device", DEVICE);
    SignIn signIn = doomed.client().beginSignIn();
    threads.shutdownNow();

    doomed.finish(signIn);

    SignInRun.failure(SignInExpired.class, signIn);
    doomed.beginToFailure(ServiceUnavailable.class);
  }

  @Test
  void signInEndsRightEvenIfTheApplicationsExecutorIsShutDown() {
    ExecutorService workers = Executors.newSingleThreadExecutor();
    SignInRun declining = runOn(workers);
    SignInRun approving = runOn(workers); // a clock of its own: it polls after the other
    server.answer("/device", DEVICE, DEVICE);
    server.answer("/token", Answer.error("access_denied"), Answer.json(200, Body.tokens()));
    SignIn declined = declining.client().beginSignIn();
    SignIn approved = approving.client().beginSignIn();
    workers.shutdown();

    declining.finish(declined);
    approving.finish(approved);

    SignInRun.failure(SignInDeclined.class, declined);
    assertThat(approved.await().storeFailure()).isNull();
    assertThat(approving.store.keys()).containsExactly(approved.await().account().id());
    assertThat(approved.cancel()).isFalse();
  }

  private SignInRun runOn(ExecutorService workers) {
    return new SignInRun(
        PublicClient.builder().authorizationServer(server.authorizationServer()).executor(workers));
  }

  @Test
  void approvedSignInIsStoredEvenIfNoThreadIsAvailable() {
    SignInRun starved =
        new SignInRun(
            PublicClient.builder()
                .authorizationServer(server.authorizationServer())
                .executor(
                    task -> {
                      throw new OutOfMemoryError("unable to create native thread");
                    }));
    server.answer("/device", DEVICE, DEVICE);
    server.answer("/token", Answer.error("access_denied"), Answer.json(200, Body.tokens()));

    starved.toFailure(SignInDeclined.class);
    SignInResult signedIn = starved.toSuccess();
    assertThat(signedIn.storeFailure()).isNull();
    assertThat(starved.store.keys()).containsExactly(signedIn.account().id());
  }

  @Test
  void executorThatKeepsTheTaskItRejectsStoresTheSignInOnce() {
    List<Runnable> kept = new ArrayList<>();
    SignInRun run =
        new SignInRun(
            PublicClient.builder()
                .authorizationServer(server.authorizationServer())
                .executor(
                    task -> {
                      kept.add(task); // as a ThreadPoolExecutor does that cannot start a thread
                      throw new OutOfMemoryError("unable to create native thread");
                    }));
    server.answer("/device", DEVICE).answer("/token", Answer.json(200, Body.tokens()));
    String id = run.toSuccess().account().id();
    StoredRecord stored = run.store.read(id);

    kept.forEach(Runnable::run);

    assertThat(kept).isNotEmpty();
    assertThat(stored).isNotNull();
    assertThat(run.store.read(id)).isEqualTo(stored);
  }

  @Test
  void resultCompletesOnAThreadThatMayBlock() {
    server.answer("/device", DEVICE).answer("/token", Answer.error("access_denied"));
    AtomicReference<String> thread = new AtomicReference<>("");
    SignIn signIn = run.client().beginSignIn();
    var seen =
        signIn
            .result()
            .whenComplete((done, failure) -> thread.set(Thread.currentThread().getName()));

    run.finish(signIn);

    assertThatThrownBy(seen::join).hasCauseInstanceOf(SignInDeclined.class);
    assertThat(thread.get()).startsWith("latchkey-callback");
  }

  private void assertNothingFollows() {
    int asked = server.requests("/token").size();
    assertThat(run.time.pending()).isZero();
    run.time.advance(Duration.ofDays(1));
    assertThat(server.requests("/token")).hasSize(asked);
    assertThat(run.store.keys()).isEmpty();
  }

  private static Class<? extends LatchkeyException> type(String name) {
    return List.of(
            AccountProblem.class,
            AdminActionRequired.class,
            AppMisconfigured.class,
            InvalidResponse.class,
            ServiceUnavailable.class,
            SignInDeclined.class,
            SignInExpired.class,
            SignInRequired.class,
            Throttled.class)
        .stream()
        .filter(type -> type.getSimpleName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
