package dev.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.AuthorizationServer;
import dev.latchkey.Entra;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.SignOutResult;
import dev.latchkey.TokenSource;
import dev.latchkey.error.AccountProblem;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import dev.latchkey.testkit.fixture.HttpApp;
import dev.latchkey.testkit.fixture.ServerFixture;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client stays signed in at the fake server, for as long as the server lets it. */
class StaySignedInTest extends ServerFixture {

  private static final String POLICY =
      "{\"access_token\":{\"polids\":{\"essential\":true,\"Values\":[\"9ab03e19\"]}}}";

  private final TokenStore store = new MemoryTokenStore();
  private final PublicClient client = client();

  StaySignedInTest() {
    super(builder -> builder.interval(Duration.ofSeconds(1)));
  }

  @Test
  void fiftyRotationsOnAStrictServer() {
    server.settings().rotation(Rotation.STRICT);
    TokenSource tokens = client.tokens(signIn(client.beginSignIn()));

    AccessToken token = tokens.get();
    for (int i = 0; i < 50; i++) {
      token = tokens.replace(token, null);
    }

    assertThat(server.redemptions()).isEqualTo(50);
    assertThat(tokens.get().value()).isEqualTo(token.value());
  }

  @Test
  void hundredThreadsOfTwoClientsThatMeetARefusedTokenRedeemOnce() throws Exception {
    server.settings().rotation(Rotation.STRICT);
    Account account = signIn(client.beginSignIn());
    List<TokenSource> sources = List.of(client.tokens(account), client().tokens(account));
    List<AccessToken> refused = sources.stream().map(TokenSource::get).toList();
    server.expireAccessTokens();
    ExecutorService threads = Executors.newFixedThreadPool(100);

    List<CompletableFuture<String>> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      TokenSource source = sources.get(i % 2);
      AccessToken known = refused.get(i % 2);
      all.add(CompletableFuture.supplyAsync(() -> source.replace(known, null).value(), threads));
    }
    List<String> values = all.stream().map(CompletableFuture::join).distinct().toList();
    threads.shutdown();

    assertThat(values).hasSize(1);
    assertThat(server.redemptions()).isEqualTo(1);
  }

  @Test
  void revokedSessionNamesItsReasonAndASignInRestoresIt() throws Exception {
    Account account = signIn(client.beginSignIn());
    TokenSource tokens = client.tokens(account);
    AccessToken token = tokens.get();
    server.people().revokeSessions(ADELE);

    SignInRequired why = failure(SignInRequired.class, () -> tokens.replace(token, null));
    SignInRequired elsewhere =
        failure(SignInRequired.class, () -> client().tokens(account).replace(token, null));
    int refreshes = refreshes();
    Account again = signIn(client.beginSignIn(why));

    assertThat(why.reason()).isEqualTo(Reason.REVOKED);
    assertThat(elsewhere.reason()).isEqualTo(Reason.REVOKED);
    assertThat(refreshes).isEqualTo(1);
    assertThat(again).isEqualTo(account);
    assertThat(userInfo(tokens.get())).isEqualTo(200);
  }

  @Test
  void serverWithoutAMessageStillLeadsToInstructions() {
    server.settings().message(false);

    SignIn signIn = client.beginSignIn();

    assertThat(signIn.cancel()).isTrue();
    assertThat(signIn.deviceAuthorization().message()).isNull();
    assertThat(signIn.deviceAuthorization().instructions())
        .contains(signIn.deviceAuthorization().userCode());
  }

  /** The README's handler as it stands, until it ends. */
  @Test
  void handlerOfTheReadmeEndsForAScopeThatNobodyGranted() {
    Account account = signIn(client.beginSignIn());
    TokenSource files = client.tokens(account, List.of("Files.ReadWrite"));
    List<SignInRequired> reasons = new ArrayList<>();

    AccessToken token = null;
    while (token == null && reasons.size() < 3) {
      try {
        token = files.get();
      } catch (SignInRequired why) {
        reasons.add(why);
        Account again = signIn(client.beginSignIn(why));
        assertThat(again).isEqualTo(account);
      }
    }

    assertThat(reasons)
        .singleElement()
        .satisfies(
            why -> {
              assertThat(why.reason()).isEqualTo(Reason.CONSENT_REQUIRED);
              assertThat(why.scopes()).containsExactly("Files.ReadWrite");
            });
    assertThat(Objects.requireNonNull(token).scopes().granted()).contains("Files.ReadWrite");
  }

  @Test
  void changedPasswordIsReportedAsTheReason() {
    Account account = signIn(client.beginSignIn());
    AccessToken token = client.tokens(account).get();
    server.people().changePassword(ADELE);

    SignInRequired why =
        failure(SignInRequired.class, () -> client.tokens(account).replace(token, null));

    assertThat(why.reason()).isEqualTo(Reason.PASSWORD_CHANGED);
    assertThat(client.accounts()).containsExactly(account);
    assertThat(Objects.requireNonNull(client.status(account)).signInRequired())
        .isEqualTo(Reason.PASSWORD_CHANGED);
  }

  @Test
  void withdrawnConsentEndsWithTheNextApproval() {
    Account account = signIn(client.beginSignIn());
    TokenSource tokens = client.tokens(account);
    AccessToken token = tokens.get();
    server.people().withdrawConsent(ADELE);

    SignInRequired why = failure(SignInRequired.class, () -> tokens.replace(token, null));
    Account again = signIn(client.beginSignIn(why));

    assertThat(why.reason()).isEqualTo(Reason.CONSENT_REQUIRED);
    assertThat(again).isEqualTo(account);
    assertThat(tokens.get().value()).isNotEqualTo(token.value());
  }

  @Test
  void enabledUserNeedsNoNewSignIn() throws Exception {
    Account account = signIn(client.beginSignIn());
    TokenSource tokens = client.tokens(account);
    AccessToken token = tokens.get();
    server.people().disable(ADELE);

    AccountProblem problem = failure(AccountProblem.class, () -> tokens.replace(token, null));
    server.people().enable(ADELE);
    TokenSource afterRestart = client().tokens(account);

    assertThat(Objects.requireNonNull(problem.oauthError()).aadsts()).containsExactly(50057);
    assertThat(userInfo(afterRestart.replace(token, null))).isEqualTo(200);
  }

  @Test
  void refreshWithTheClaimsSatisfiesTheChallengeOfAResource() throws Exception {
    Account account = signIn(client.beginSignIn());
    TokenSource tokens = client.tokens(account);
    AccessToken token = tokens.get();
    server.people().challengeClaims(POLICY);

    AccessToken better = tokens.replace(token, POLICY);

    assertThat(userInfo(token)).isEqualTo(401);
    assertThat(userInfo(better)).isEqualTo(200);
    assertThat(tokens.get().value()).isEqualTo(better.value());
  }

  @Test
  void claimsThatTheUserMustSatisfyGoIntoTheNextSignIn() throws Exception {
    Account account = signIn(client.beginSignIn());
    TokenSource tokens = client.tokens(account);
    AccessToken token = tokens.get();
    server.people().requireClaims(POLICY);

    SignInRequired why = failure(SignInRequired.class, () -> tokens.replace(token, POLICY));
    Account again = signIn(client.beginSignIn(why));

    assertThat(why.reason()).isEqualTo(Reason.CLAIMS_CHALLENGE);
    assertThat(why.claims()).isEqualTo(POLICY);
    assertThat(again).isEqualTo(account);
    assertThat(userInfo(tokens.get())).isEqualTo(200);
  }

  @Test
  void signOutIsSeenByTheServerAndByTheOtherClient() throws Exception {
    server.settings().revocationEndpoint(true);
    AuthorizationServer tenant = AuthorizationServer.discover(server.issuer("contoso.example"));
    PublicClient here = client(tenant);
    PublicClient there = client(tenant);
    Account account = signIn(here.beginSignIn());
    AccessToken token = there.tokens(account).get();

    SignOutResult signedOut = here.signOut(account);
    SignInRequired why =
        failure(SignInRequired.class, () -> there.tokens(account).replace(token, null));

    assertThat(signedOut.revoked()).isTrue();
    assertThat(why.reason()).isEqualTo(Reason.SIGNED_OUT);
    assertThat(userInfo(token)).isEqualTo(401);
    assertThat(there.accounts()).isEmpty();
    assertThat(refreshes()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"STRICT", "LENIENT"})
  void answerForSomebodyElseIsRefusedAndSpendsAtMostTheOldRefreshToken(Rotation rotation)
      throws Exception {
    server.settings().rotation(rotation);
    Account account = signIn(client.beginSignIn());
    AccessToken first = client.tokens(account).get();
    server.settings().idTokenClaim("sub", "somebody-else");
    InvalidResponse mixedUp =
        failure(InvalidResponse.class, () -> client.tokens(account).replace(first, null));
    server.settings().idTokenClaim("sub", account.subject());
    TokenSource elsewhere = client().tokens(account);

    if (rotation == Rotation.STRICT) {
      SignInRequired why = failure(SignInRequired.class, () -> elsewhere.replace(first, null));
      assertThat(why.reason()).isEqualTo(Reason.REFRESH_ANSWER_LOST);
      assertThat(signIn(client.beginSignIn(why))).isEqualTo(account);
    }

    assertThat(mixedUp).hasMessageContaining("another person");
    assertThat(userInfo(elsewhere.get())).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(names = {"STRICT", "LENIENT"})
  void lostAnswerIsRetriedOnceTheTokenHasExpiredAndNotBefore(Rotation rotation) throws Exception {
    server
        .settings()
        .rotation(rotation)
        .tokenLifetime(Duration.ofSeconds(4))
        .refreshIn(Duration.ofSeconds(1));
    Account account = signIn(client.beginSignIn());
    TokenSource tokens = client.tokens(account);
    TokenSource elsewhere = client().tokens(account);
    AccessToken first = elsewhere.get();
    server.fail(Fault.drop().afterActing().toRefreshes());
    while (refreshes() == 0) {
      assertThat(tokens.get().value()).isEqualTo(first.value());
      TimeUnit.MILLISECONDS.sleep(20);
    }

    List<Integer> requests = new ArrayList<>();
    @Nullable LatchkeyException end = null;
    AccessToken last = first;
    while (end == null && last.value().equals(first.value())) {
      requests.add(refreshes());
      try {
        last = elsewhere.get();
        last = tokens.get();
      } catch (ServiceUnavailable e) {
        // The token ended between the two calls, while this client still pauses.
        assertThat(e.retryAfter()).isNotNull();
      } catch (LatchkeyException e) {
        end = e;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }

    assertThat(requests).containsOnly(1);
    if (rotation == Rotation.LENIENT) {
      assertThat(end).isNull();
      assertThat(userInfo(last)).isEqualTo(200);
    } else {
      assertThat(end).isInstanceOf(SignInRequired.class);
      assertThat(((SignInRequired) Objects.requireNonNull(end)).reason())
          .isEqualTo(Reason.REFRESH_ANSWER_LOST);
    }
  }

  @Test
  void clientRetriesAfterAnOutage() throws Exception {
    Account account = signIn(client.beginSignIn());
    TokenSource tokens = client.tokens(account);
    AccessToken token = tokens.get();
    server.fail(Fault.status(503).toRefreshes());

    ServiceUnavailable down = failure(ServiceUnavailable.class, () -> tokens.replace(token, null));
    TimeUnit.MILLISECONDS.sleep(Objects.requireNonNull(down.retryAfter()).toMillis() + 50);

    assertThat(userInfo(tokens.replace(token, null))).isEqualTo(200);
  }

  private Account signIn(SignIn signIn) {
    server.approve(signIn.deviceAuthorization().userCode(), ADELE);
    return signIn.await().account();
  }

  private PublicClient client() {
    return client(Entra.common().authorityHost(server.baseUrl()));
  }

  private PublicClient client(AuthorizationServer at) {
    return PublicClient.builder()
        .authorizationServer(at)
        .clientId(HttpApp.CLIENT_ID)
        .scopes("User.Read")
        .tokenStore(store)
        .build();
  }

  private int refreshes() {
    return (int)
        server.requests(Endpoint.TOKEN).stream().filter(RecordedRequest::isRefresh).count();
  }

  private int userInfo(AccessToken token) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.userInfoUri())
            .header("Authorization", "Bearer " + token.value())
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }

  private static <T extends LatchkeyException> T failure(Class<T> type, ThrowingCallable call) {
    @Nullable T failure = catchThrowableOfType(type, call);
    assertThat(failure).isExactlyInstanceOf(type);
    return failure;
  }
}
