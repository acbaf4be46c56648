package dev.latchkey.interop.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.Account;
import dev.latchkey.AuthorizationServer;
import dev.latchkey.BrowserSignIn;
import dev.latchkey.PublicClient;
import dev.latchkey.SignInResult;
import dev.latchkey.TokenSource;
import dev.latchkey.error.SignInDeclined;
import dev.latchkey.interop.browser.ChromiumBrowser;
import dev.latchkey.interop.browser.PageDriver;
import java.net.URI;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sign-ins with a real browser on a real server, back to a port on loopback. */
@Timeout(300)
public abstract class BrowserSignInTests {

  /** A real server, as these tests need it. */
  public interface Place extends AutoCloseable {

    URI issuer();

    /** A public client with the authorization code grant. */
    String clientId();

    /** The person signs in on the pages that begin at this one, and consents. */
    void approve(PageDriver screen, URI page);

    /** The person signs in, and does not consent. */
    void decline(PageDriver screen, URI page);

    /** Whether the client stays signed in when its access token has expired. */
    default boolean givesRefreshTokens() {
      return true;
    }

    @Override
    void close();
  }

  protected abstract Place start();

  private static PublicClient client(Place server) {
    return PublicClient.builder()
        .authorizationServer(AuthorizationServer.discover(server.issuer()))
        .clientId(server.clientId())
        .build();
  }

  @Test
  void personSignsInWithABrowserAndStaysSignedIn() {
    try (Place server = start();
        ChromiumBrowser chromium = ChromiumBrowser.open()) {
      PublicClient client = client(server);
      BrowserSignIn signIn = client.beginBrowserSignIn();

      server.approve(chromium, signIn.uri());
      SignInResult signedIn = signIn.await();

      assertThat(chromium.text()).contains("You may close this window.");
      assertThat(chromium.address()).isEqualTo(signIn.redirectUri() + "/");
      Account account = signedIn.account(); // oidc-provider has the name in the user info only
      assertThat(Arrays.asList(account.subject(), account.username())).contains("alice");
      assertThat(signedIn.canRefresh()).isEqualTo(server.givesRefreshTokens());
      TokenSource tokens = client.tokens(account);
      assertThat(tokens.get().value()).isEqualTo(signedIn.token().value());
      if (server.givesRefreshTokens()) {
        assertThat(tokens.replace(signedIn.token(), null).value())
            .isNotEqualTo(signedIn.token().value());
      }
    }
  }

  @Test
  void personWhoDoesNotConsentHasDeclined() {
    try (Place server = start();
        ChromiumBrowser chromium = ChromiumBrowser.open()) {
      BrowserSignIn signIn = client(server).beginBrowserSignIn();

      server.decline(chromium, signIn.uri());

      assertThatThrownBy(signIn::await).isInstanceOf(SignInDeclined.class);
      assertThat(chromium.text()).contains("The sign-in was not completed.");
    }
  }
}
