package dev.latchkey.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.AccountStatus;
import dev.latchkey.PublicClient;
import dev.latchkey.TokenSource;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.store.MemoryTokenStore;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What ends a session on Keycloak is told with the reason that it gives, and the account stays
 * listed. Keycloak 26.4 deletes the offline session when a consent is withdrawn and when an
 * administrator ends it, and then says "Offline user session not found" of both: which it was is
 * not told.
 */
@Timeout(240)
class KeycloakSessionEndTest {

  @AutoClose private KeycloakRealm realm;
  private KeycloakUser alice;
  private PublicClient client;
  private Account account;

  @BeforeEach
  void signIn() {
    realm = KeycloakServer.shared().createRealm(RealmSettings.defaults());
    alice = realm.createUser("alice");
    client =
        LatchkeyFixture.client(new RealServer.OnKeycloak(realm, alice), new MemoryTokenStore());
    account = LatchkeyFixture.signIn(client, alice.person()).account();
  }

  @Test
  void aDisabledUserIsSaidToBeDisabled() {
    assertEndedBy(KeycloakUser::disable, Reason.ACCOUNT_DISABLED);
  }

  @Test
  void aWithdrawnConsentRevokes() {
    assertEndedBy(user -> user.withdrawConsent(KeycloakRealm.CLIENT), Reason.REVOKED);
  }

  @Test
  void aSessionEndedByTheAdministratorIsRevoked() {
    assertEndedBy(user -> user.endSessions(KeycloakRealm.CLIENT), Reason.REVOKED);
  }

  @Test
  void notBeforeRevokes() {
    assertEndedBy(user -> realm.pushNotBefore(), Reason.REVOKED);
  }

  @Test
  void anotherSignInHealsTheAccount() {
    TokenSource tokens = client.tokens(account);
    alice.endSessions(KeycloakRealm.CLIENT);
    AccessToken old = tokens.get();
    assertThatThrownBy(() -> tokens.replace(old, null)).isInstanceOf(SignInRequired.class);

    Account again = LatchkeyFixture.signIn(client, alice.person()).account();

    assertThat(again).isEqualTo(account);
    assertThat(tokens.get().value()).isNotEqualTo(old.value());
    assertThat(Objects.requireNonNull(client.status(account)).signInRequired()).isNull();
  }

  private void assertEndedBy(Consumer<KeycloakUser> event, Reason reason) {
    TokenSource tokens = client.tokens(account);
    AccessToken token = tokens.get();

    event.accept(alice);

    assertThatThrownBy(() -> tokens.replace(token, null))
        .isInstanceOfSatisfying(
            SignInRequired.class,
            why -> {
              assertThat(why.reason()).as(why.getMessage()).isEqualTo(reason);
              assertThat(why.accountId()).isEqualTo(account.id());
              assertThat(Objects.requireNonNull(why.oauthError()).error())
                  .isEqualTo("invalid_grant");
            });
    AccountStatus status = Objects.requireNonNull(client.status(account));
    assertThat(client.accounts()).containsExactly(account);
    assertThat(status.signInRequired()).isEqualTo(reason);
  }
}
