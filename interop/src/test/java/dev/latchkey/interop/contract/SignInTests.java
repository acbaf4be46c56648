package dev.latchkey.interop.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import dev.latchkey.Account;
import dev.latchkey.AuthorizationServer;
import dev.latchkey.DeviceAuthorization;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.SignInResult;
import dev.latchkey.SignOutResult;
import dev.latchkey.error.AppMisconfigured;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.SignInCancelled;
import dev.latchkey.error.SignInDeclined;
import dev.latchkey.error.SignInExpired;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.interop.browser.ChromiumBrowser;
import dev.latchkey.interop.fixture.RawDeviceFlow;
import dev.latchkey.interop.fixture.RawHttp;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.StoredRecord;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every outcome of a sign-in on a real server. */
@Timeout(300)
public abstract class SignInTests {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final MemoryTokenStore store = new MemoryTokenStore();

  /** Starts the server, or a realm of it. */
  protected abstract RealServer start(Duration accessTokenLifetime, Duration codeLifetime);

  @Test
  void anApprovedSignInGivesAnAccountThatCanRefresh() {
    try (RealServer server = start(LONG, LONG)) {
      PublicClient client = LatchkeySignIn.client(server, store);

      SignInResult signedIn = LatchkeySignIn.signIn(client, server.person());

      Account account = signedIn.account();
      assertThat(account.issuer()).isEqualTo(server.issuer().toString());
      assertIsAlice(account);
      assertThat(account.subject()).isNotBlank();
      assertThat(signedIn.canRefresh()).isTrue();
      assertThat(signedIn.storeFailure()).isNull();
      assertThat(signedIn.token().scopes().missing()).isEmpty();
      assertThat(client.accounts()).containsExactly(account);
      assertThat(client.tokens(account).get().value()).isEqualTo(signedIn.token().value());
    }
  }

  @Test
  void aDeniedSignInIsDeclinedAndLeavesNothingBehind() {
    try (RealServer server = start(LONG, LONG)) {
      PublicClient client = LatchkeySignIn.client(server, store);
      SignIn signIn = client.beginSignIn();
      DeviceAuthorization shown = signIn.deviceAuthorization();

      server.person().deny(shown.verificationUri(), shown.userCode());

      assertThatThrownBy(signIn::await)
          .isInstanceOfSatisfying(
              SignInDeclined.class,
              declined ->
                  assertThat(Objects.requireNonNull(declined.oauthError()).error())
                      .isEqualTo("access_denied"));
      assertThat(client.accounts()).isEmpty();
    }
  }

  @Test
  void aCodeThatNobodyEntersExpires() {
    try (RealServer server = start(LONG, Duration.ofSeconds(12))) {
      PublicClient client = LatchkeySignIn.client(server, store);

      SignIn signIn = client.beginSignIn();

      assertThat(signIn.deviceAuthorization().expiresIn()).isEqualTo(Duration.ofSeconds(12));
      assertThatThrownBy(signIn::await).isInstanceOf(SignInExpired.class);
    }
  }

  @Test
  void aCancelledSignInStopsPolling() throws Exception {
    try (RealServer server = start(LONG, LONG);
        CuttingProxy proxy = CuttingProxy.open()) {
      PublicClient client = proxy.client(server, store);
      SignIn signIn = client.beginSignIn();
      proxy.awaitPolls(1, PATIENCE);

      boolean cancelled = signIn.cancel();
      int polls = proxy.polls();
      Thread.sleep(signIn.deviceAuthorization().interval().multipliedBy(2).toMillis() + 500);

      assertThat(cancelled).isTrue();
      assertThat(proxy.polls()).isEqualTo(polls);
      assertThatThrownBy(signIn::await).isInstanceOf(SignInCancelled.class);
      assertThat(client.accounts()).isEmpty();
    }
  }

  @Test
  void pollingIsNeverTooFastForTheServer() throws Exception {
    try (RealServer server = start(LONG, LONG);
        CuttingProxy proxy = CuttingProxy.open()) {
      PublicClient client = proxy.client(server, store);
      SignIn signIn = client.beginSignIn();
      proxy.awaitPolls(3, PATIENCE);

      SignInResult signedIn = LatchkeySignIn.approve(signIn, server.person());

      assertThat(signedIn.canRefresh()).isTrue();
      assertThat(server.tooFastPolls()).isZero();
    }
  }

  @Test
  void aPersonWithARealBrowserSignsIn() {
    try (RealServer server = start(LONG, LONG);
        ChromiumBrowser browser = ChromiumBrowser.open()) {
      PublicClient client = LatchkeySignIn.client(server, store);

      SignInResult signedIn = LatchkeySignIn.signIn(client, server.personAt(browser));

      assertIsAlice(signedIn.account());
    }
  }

  @Test
  void anotherSpellingOfTheIssuerIsRefused() {
    try (RealServer server = start(LONG, LONG)) {
      PublicClient client =
          PublicClient.builder()
              .authorizationServer(AuthorizationServer.discover(URI.create(server.issuer() + "/")))
              .clientId(server.clientId())
              .build();

      assertThatThrownBy(client::beginSignIn)
          .isInstanceOf(InvalidResponse.class)
          .hasMessageContaining("calls itself " + server.issuer());
    }
  }

  @Test
  void anUnknownClientIsAMisconfiguredApp() {
    try (RealServer server = start(LONG, LONG)) {
      PublicClient client =
          PublicClient.builder()
              .authorizationServer(AuthorizationServer.discover(server.issuer()))
              .clientId("nobody-knows-me")
              .build();

      assertThatThrownBy(client::beginSignIn)
          .isInstanceOfSatisfying(
              AppMisconfigured.class,
              wrong -> {
                assertThat(Objects.requireNonNull(wrong.oauthError()).error())
                    .isEqualTo("invalid_client");
                assertThat(wrong.remedy()).isNotBlank();
              });
    }
  }

  @Test
  void aSignOutRevokesAndForgets() {
    try (RealServer server = start(LONG, LONG)) {
      PublicClient client = LatchkeySignIn.client(server, store);
      Account account = LatchkeySignIn.signIn(client, server.person()).account();
      String refreshToken = storedRefreshToken(account);

      SignOutResult signedOut = client.signOut(account);
      RawHttp.Answer redeemed =
          RawDeviceFlow.refresh(server.issuer(), server.clientId(), refreshToken);

      assertThat(signedOut.revoked()).isTrue();
      // Not enough: both servers answer 200 even for what was never a token.
      assertThat(redeemed.status()).as("a redemption after the sign-out").isEqualTo(400);
      assertThat(redeemed.error()).isEqualTo("invalid_grant");
      assertThat(client.accounts()).isEmpty();
      assertThatThrownBy(() -> client.tokens(account).get())
          .isInstanceOfSatisfying(
              SignInRequired.class,
              why -> assertThat(why.reason()).isEqualTo(SignInRequired.Reason.SIGNED_OUT));
    }
  }

  private String storedRefreshToken(Account account) {
    StoredRecord record = Objects.requireNonNull(store.read(account.id()));
    return JsonParser.parseString(record.content())
        .getAsJsonObject()
        .get("refresh_token")
        .getAsString();
  }

  /** oidc-provider's ID tokens have no names: their subject is the name. */
  private static void assertIsAlice(Account account) {
    assertThat(Arrays.asList(account.username(), account.subject())).contains("alice");
  }
}
