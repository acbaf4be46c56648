package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.FakeTime;
import dev.latchkey.fixture.FaultyStore;
import dev.latchkey.fixture.FaultyStore.Call;
import dev.latchkey.fixture.Heard;
import dev.latchkey.fixture.Jwt;
import dev.latchkey.fixture.LogCapture;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.SignInRun;
import dev.latchkey.store.MemoryTokenStore;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a finished sign-in returns, and what the listener is told. */
class SignInResultTest {

  private static final String ISSUER = "https://login.example.com/{tenantid}/v2.0";
  private static final String CONTOSO = "9122040d-6c67-4c5b-b112-36a304b66dad";
  private static final String FABRIKAM = "11111111-6c67-4c5b-b112-36a304b66dad";

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final Heard listener = new Heard();
  private final FaultyStore store = new FaultyStore(new MemoryTokenStore());
  private final FakeTime time = new FakeTime();

  @Test
  void personSeesTheServersOwnWords() {
    Body device =
        Body.device()
            .with("message", "Um sich anzumelden, öffnen Sie …")
            .with("verification_uri_complete", "https://example.com/device?user_code=WDJB-MJHT");
    server.answer("/device", Answer.json(200, device));

    SignIn signIn = client().beginSignIn(SignInOptions.NONE.withLocale(Locale.GERMANY));

    DeviceAuthorization shown = signIn.deviceAuthorization();
    assertThat(shown.userCode()).isEqualTo("WDJB-MJHT");
    assertThat(shown.message()).isEqualTo("Um sich anzumelden, öffnen Sie …");
    assertThat(shown.verificationUri()).isEqualTo(URI.create("https://example.com/device"));
    assertThat(shown.verificationUriComplete())
        .isEqualTo(URI.create("https://example.com/device?user_code=WDJB-MJHT"));
    assertThat(shown.expiresIn()).isEqualTo(Duration.ofMinutes(15));
    assertThat(shown.interval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(server.requests("/device").get(0).header("accept-language")).isEqualTo("de-DE");
    assertThat(signIn.cancel()).isTrue();
  }

  @Test
  void entraIsAskedForTheLanguageInTheQuery() {
    Entra entra = Entra.common().authorityHost(server.at(""));
    server.answer("/common/oauth2/v2.0/devicecode", Answer.json(200, Body.device()));

    SignIn signIn =
        client(PublicClient.builder().authorizationServer(entra))
            .beginSignIn(SignInOptions.NONE.withLocale(Locale.CANADA_FRENCH));

    assertThat(server.requests("/common/oauth2/v2.0/devicecode"))
        .extracting(ScriptedServer.Request::path)
        .containsExactly("/common/oauth2/v2.0/devicecode?mkt=fr-CA");
    assertThat(signIn.cancel()).isTrue();
  }

  @Test
  void noLanguageIsAskedForByDefaultNorForTheRootLocale() {
    server.answer("/device", Answer.json(200, Body.device()), Answer.json(200, Body.device()));

    SignIn first = client().beginSignIn();
    SignIn second = client().beginSignIn(SignInOptions.NONE.withLocale(Locale.ROOT));

    assertThat(server.requests("/device"))
        .extracting(request -> request.header("accept-language"))
        .containsExactly(null, null);
    assertThat(List.of(first.cancel(), second.cancel())).containsOnly(true);
  }

  @Test
  void claimsAndCapabilitiesGoWithBothRequests() {
    approve(Body.tokens());
    PublicClient client = client(builder().clientCapabilities("cp1"));
    SignInRequired why =
        new SignInRequired(
            SignInRequired.Reason.CLAIMS_CHALLENGE,
            "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1\"}}}",
            null,
            "more is wanted",
            null,
            null,
            null);

    finish(client.beginSignIn(why));

    String merged =
        "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1\"},"
            + "\"xms_cc\":{\"values\":[\"cp1\"]}}}";
    assertThat(server.requests("/device").get(0).form()).containsEntry("claims", merged);
    assertThat(server.requests("/token").get(0).form()).containsEntry("claims", merged);
  }

  @Test
  void signInWithoutARefreshTokenSaysSoAndLogsTheCauseOnce() {
    approve(Body.tokens().without("refresh_token"));

    try (LogCapture log = new LogCapture()) {
      SignInResult signedIn = finish(client().beginSignIn());

      assertThat(signedIn.canRefresh()).isFalse();
      assertThat(log.messages(Level.WARN))
          .singleElement()
          .asString()
          .contains("no refresh token came", "offline_access")
          .doesNotContain("\n");
      assertThat(client().status(signedIn.account()))
          .satisfies(status -> assertThat(status.canRefresh()).isFalse());
    }
  }

  @Test
  void nobodyIsWarnedOfARefreshTokenThatWasNotWanted() {
    approve(Body.tokens().without("refresh_token"));

    try (LogCapture log = new LogCapture()) {
      SignInResult signedIn = finish(client(builder().withoutRefresh()).beginSignIn());

      assertThat(signedIn.canRefresh()).isFalse();
      assertThat(log.messages(Level.WARN)).isEmpty();
      assertThat(server.requests("/device").get(0).form()).containsEntry("scope", "openid profile");
    }
  }

  @Test
  void firstTokenIsServedWithoutAnotherRequest() {
    approve(Body.tokens().with("scope", "openid profile offline_access"));
    PublicClient client = client();

    SignInResult signedIn = finish(client.beginSignIn());
    AccessToken token = client.tokens(signedIn.account()).get();

    assertThat(signedIn.canRefresh()).isTrue();
    assertThat(signedIn.tenantSwitchedFrom()).isNull();
    assertThat(signedIn.storeFailure()).isNull();
    assertThat(signedIn.token().source()).isEqualTo(AccessToken.Source.REFRESH);
    assertThat(token.value()).isEqualTo(signedIn.token().value());
    assertThat(token.source()).isEqualTo(AccessToken.Source.CACHE);
    assertThat(token.expiresAt()).isEqualTo(FakeTime.START.plusSeconds(5 + 3600));
  }

  @Test
  void otherTenantIsReportedOnTheResultAndToTheListener() throws InterruptedException {
    PublicClient client = client();
    approve(CONTOSO, "abe");
    approve(CONTOSO, "abe");
    approve(FABRIKAM, "abe-as-guest");
    approve(CONTOSO, "abe");

    SignInResult first = finish(client.beginSignIn());
    SignInResult same = finish(client.beginSignIn());
    SignInResult other = finish(client.beginSignIn());
    List<String> heardThen = listener.await(1);
    SignInResult back = finish(client.beginSignIn());

    assertThat(List.of(first, same))
        .extracting(SignInResult::tenantSwitchedFrom)
        .containsOnlyNulls();
    assertThat(other.tenantSwitchedFrom()).isEqualTo(CONTOSO);
    assertThat(back.tenantSwitchedFrom()).isEqualTo(FABRIKAM);
    assertThat(heardThen).containsExactly("switched from " + CONTOSO);
    assertThat(listener.await(2))
        .containsExactly("switched from " + CONTOSO, "switched from " + FABRIKAM);
  }

  @Test
  void sessionsOfTwoTenantsNeverMix() {
    PublicClient client = client();
    approve(CONTOSO, "abe");
    approve(FABRIKAM, "abe-as-guest");

    SignInResult contoso = finish(client.beginSignIn());
    SignInResult fabrikam = finish(client.beginSignIn());

    assertThat(client.accounts()).containsExactlyInAnyOrder(contoso.account(), fabrikam.account());
    assertThat(client.tokens(contoso.account()).get().value()).isEqualTo("token-of-contoso");
    assertThat(client.tokens(fabrikam.account()).get().value()).isEqualTo("token-of-fabrikam");
  }

  @Test
  void signInOfAnotherProcessCountsThoughThisOneKnowsAnOlderRecordOfTheAccount() {
    PublicClient here = client();
    PublicClient there = client();
    approve(CONTOSO, "abe");
    approve(FABRIKAM, "abe-as-guest");
    approve(CONTOSO, "abe");
    approve(FABRIKAM, "abe-as-guest");
    approve(FABRIKAM, "abe-as-guest");
    finish(here.beginSignIn());
    finish(here.beginSignIn());
    finish(there.beginSignIn());

    SignInResult switched = finish(here.beginSignIn());
    SignInResult same = finish(here.beginSignIn());

    assertThat(switched.tenantSwitchedFrom()).isEqualTo(CONTOSO);
    assertThat(same.tenantSwitchedFrom()).isNull();
  }

  @Test
  void oneMoreSignInCallsTheStoreNoMoreOftenWhereMoreAreSignedIn() {
    PublicClient here = client();
    List<Integer> calls = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      calls.add(callsOfASignIn(here, "person-" + i));
    }

    PublicClient afterRestart = client();
    int first = callsOfASignIn(afterRestart, "eve");
    int second = callsOfASignIn(afterRestart, "eva");

    assertThat(calls).containsOnly(calls.get(0));
    assertThat(first - second).as("records read to learn their tenants").isEqualTo(10);
    assertThat(second).isEqualTo(calls.get(0));
  }

  private int callsOfASignIn(PublicClient client, String person) {
    approve(CONTOSO, person);
    int before = store.calls();
    finish(client.beginSignIn());
    return store.calls() - before;
  }

  @Test
  void tenantOfASessionThatTheStoreDidNotTakeCounts() {
    PublicClient client = client();
    store.fail(Call.WRITE);
    approve(CONTOSO, "abe");
    finish(client.beginSignIn());
    approve(FABRIKAM, "abe-as-guest");

    SignInResult other = finish(client.beginSignIn());

    assertThat(other.tenantSwitchedFrom()).isEqualTo(CONTOSO);
  }

  @Test
  void signOutInAnotherProcessLeavesTheLastTenantThatIsStillSignedIn() {
    PublicClient here = client();
    PublicClient there = client();
    approve(CONTOSO, "abe");
    approve(FABRIKAM, "abe-as-guest");
    approve(FABRIKAM, "eve");
    finish(here.beginSignIn());
    SignInResult guest = finish(here.beginSignIn());
    there.signOut(guest.account());

    SignInResult eve = finish(here.beginSignIn());

    assertThat(eve.tenantSwitchedFrom()).isEqualTo(CONTOSO);
  }

  @Test
  void tenantIsRememberedAcrossARestart() {
    approve(CONTOSO, "abe");
    approve(FABRIKAM, "abe");
    finish(client().beginSignIn());

    SignInResult afterRestart = finish(client().beginSignIn());

    assertThat(afterRestart.tenantSwitchedFrom()).isEqualTo(CONTOSO);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void listenerThatThrowsHarmsNobody(boolean error) {
    SessionListener broken =
        new SessionListener() {
          @Override
          public void tenantSwitched(Account account, String previousTenantId) {
            if (error) {
              throw new LinkageError("a listener's own fault");
            }
            throw new IllegalStateException("a listener's own fault");
          }
        };
    PublicClient client = client(builder().listener(broken));
    approve(CONTOSO, "abe");
    approve(FABRIKAM, "abe");
    finish(client.beginSignIn());

    SignInResult signedIn = finish(client.beginSignIn());

    assertThat(signedIn.tenantSwitchedFrom()).isEqualTo(CONTOSO);
    assertThat(client.accounts()).hasSize(2);
  }

  @Test
  void storeThatFailsLeavesTheSignInAliveInMemory() throws InterruptedException {
    store.fail(Call.WRITE);
    PublicClient client = client();
    approve(CONTOSO, "abe");

    SignInResult signedIn = finish(client.beginSignIn());

    assertThat(signedIn.storeFailure())
        .extracting(TokenStoreFailure::problem)
        .isEqualTo(Problem.UNAVAILABLE);
    assertThat(listener.await(1)).containsExactly("store failed: UNAVAILABLE");
    assertThat(client.tokens(signedIn.account()).get().value()).isEqualTo("token-of-contoso");
  }

  @Test
  void storeThatCannotTellTheLastTenantDoesNotHinderTheSignIn() {
    PublicClient client = client();
    approve(CONTOSO, "abe");
    approve(FABRIKAM, "abe");
    finish(client.beginSignIn());
    store.fail(Call.READ, Problem.LOCKED);

    SignInResult signedIn = finish(client.beginSignIn());

    assertThat(signedIn.tenantSwitchedFrom()).isNull();
    assertThat(signedIn.account().tenantId()).isEqualTo(FABRIKAM);
  }

  private PublicClientBuilder builder() {
    return PublicClient.builder()
        .authorizationServer(
            AuthorizationServer.of(ISSUER, server.at("/device"), server.at("/token"), null))
        .listener(listener);
  }

  private PublicClient client() {
    return client(builder());
  }

  private PublicClient client(PublicClientBuilder builder) {
    return ClientSeams.time(builder, time).clientId(SignInRun.CLIENT_ID).tokenStore(store).build();
  }

  private void approve(Body tokens) {
    server.answer("/device", Answer.json(200, Body.device()));
    server.answer("/token", Answer.json(200, tokens));
  }

  private void approve(String tenant, String subject) {
    Body claims =
        Jwt.claims(ISSUER.replace("{tenantid}", tenant)).with("tid", tenant).with("sub", subject);
    String name = tenant.equals(CONTOSO) ? "contoso" : "fabrikam";
    approve(
        Body.tokens().with("access_token", "token-of-" + name).with("id_token", Jwt.of(claims)));
  }

  private SignInResult finish(SignIn signIn) {
    var result = signIn.result();
    while (!result.isDone()) {
      time.finishNextWait(result);
    }
    return signIn.await();
  }
}
