package dev.latchkey.interop.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.SignInResult;
import dev.latchkey.SignOutResult;
import dev.latchkey.TokenSource;
import dev.latchkey.error.SignInExpired;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.interop.fixture.EndUser;
import dev.latchkey.interop.fixture.RawHttp;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.StoredRecord;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every server with the device grant must bear out, in as few sign-ins as will do. Keycloak
 * and a stock oidc-provider have the longer {@link SignInTests} and {@link RefreshTests}.
 */
@Timeout(300)
public abstract class EssentialTests {

  /** A real server, as these tests need it. */
  public interface Place extends AutoCloseable {

    /** A client of that server, with the scopes that the server gives. */
    PublicClient client(MemoryTokenStore store);

    EndUser person();

    /** Redeems a refresh token without Latchkey. */
    RawHttp.Answer redeem(String refreshToken);

    /** Whether the server revokes the tokens of public clients. */
    default boolean revokes() {
      return true;
    }

    @Override
    void close();
  }

  final MemoryTokenStore store = new MemoryTokenStore();

  protected abstract Place start(Duration codeLifetime);

  /** What the account of the sign-in should be. */
  protected abstract void assertIsAlice(Account account);

  @Test
  void approvedSignInRefreshesWithEachNewTokenAndIsRevokedAtTheEnd() {
    try (Place server = start(Duration.ofMinutes(5))) {
      PublicClient client = server.client(store);

      SignInResult signedIn = LatchkeySignIn.signIn(client, server.person());

      Account account = signedIn.account();
      assertIsAlice(account);
      assertThat(signedIn.canRefresh()).isTrue();
      assertThat(signedIn.token().scopes().missing()).isEmpty();
      TokenSource tokens = client.tokens(account);
      String first = storedRefreshToken(account);
      AccessToken second = tokens.replace(signedIn.token(), null);
      AccessToken third = tokens.replace(second, null);
      String last = storedRefreshToken(account);
      assertThat(last).isNotEqualTo(first);
      assertThat(third.value()).isNotEqualTo(second.value());

      SignOutResult signedOut = client.signOut(account);

      assertThat(signedOut.revoked()).isEqualTo(server.revokes());
      assertThat(client.accounts()).isEmpty();
      if (server.revokes()) {
        assertThat(server.redeem(last).error()).isEqualTo("invalid_grant");
      }
    }
  }

  @Test
  void refreshTokenThatSomebodyElseUsedUpRequiresANewSignIn() {
    try (Place server = start(Duration.ofMinutes(5))) {
      PublicClient client = server.client(store);
      SignInResult signedIn = LatchkeySignIn.signIn(client, server.person());
      Account account = signedIn.account();

      assertThat(server.redeem(storedRefreshToken(account)).status()).isEqualTo(200);

      assertThatThrownBy(() -> client.tokens(account).replace(signedIn.token(), null))
          .isInstanceOf(SignInRequired.class);
      assertThat(client.accounts()).containsExactly(account);
    }
  }

  @Test
  void codeThatNobodyEntersExpires() {
    try (Place server = start(Duration.ofSeconds(8))) {
      SignIn signIn = server.client(store).beginSignIn();

      assertThat(signIn.deviceAuthorization().expiresIn()).isEqualTo(Duration.ofSeconds(8));
      assertThatThrownBy(signIn::await).isInstanceOf(SignInExpired.class);
    }
  }

  private String storedRefreshToken(Account account) {
    StoredRecord record = Objects.requireNonNull(store.read(account.id()));
    return JsonParser.parseString(record.content())
        .getAsJsonObject()
        .get("refresh_token")
        .getAsString();
  }
}
