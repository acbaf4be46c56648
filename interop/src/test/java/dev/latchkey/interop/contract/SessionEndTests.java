package dev.latchkey.interop.contract;

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
 * What ends a session on a real server is told with the reason that the server gives, and the
 * account stays listed.
 */
@Timeout(240)
public abstract class SessionEndTests<S extends RealServer> {

  @AutoClose private S server;
  private PublicClient client;
  private Account account;

  /** Starts the server, or a realm of it. */
  protected abstract S start();

  /** Ends the session in a way that does not keep the user from signing in again. */
  protected abstract void endSession(S server);

  @BeforeEach
  void signIn() {
    server = start();
    client = LatchkeySignIn.client(server, new MemoryTokenStore());
    account = LatchkeySignIn.signIn(client, server.person()).account();
  }

  @Test
  void anotherSignInMakesTheAccountReadyAgain() {
    TokenSource tokens = client.tokens(account);
    endSession(server);
    AccessToken old = tokens.get();
    assertThatThrownBy(() -> tokens.replace(old, null)).isInstanceOf(SignInRequired.class);

    Account again = LatchkeySignIn.signIn(client, server.person()).account();

    assertThat(again).isEqualTo(account);
    assertThat(tokens.get().value()).isNotEqualTo(old.value());
    assertThat(Objects.requireNonNull(client.status(account)).signInRequired()).isNull();
  }

  protected void assertEndedBy(Consumer<S> event, Reason reason) {
    TokenSource tokens = client.tokens(account);
    AccessToken token = tokens.get();

    event.accept(server);

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
