package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.Account;
import dev.latchkey.Entra;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.keyring.fixture.DesktopSession;
import dev.latchkey.keyring.fixture.KeePassXc;
import dev.latchkey.keyring.fixture.KeyringOpener;
import dev.latchkey.keyring.fixture.KilledWriters;
import dev.latchkey.keyring.fixture.StoreJvm;
import dev.latchkey.keyring.fixture.StoreProgram;
import dev.latchkey.store.TokenStore;
import dev.latchkey.testkit.FakeAuthorizationServer;
import dev.latchkey.testkit.Rotation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A session's life on the Secret Services beside GNOME Keyring: KeePassXC that confirms nothing,
 * and KWallet.
 */
@Tag("daemons")
@Tag("processes")
@Timeout(300)
class SecretServicesTest {

  private static final int PROCESSES = 4;
  private static final Duration LIFETIME = Duration.ofSeconds(2);
  private static final String CLIENT_ID = "1950a258-227b-4e31-a9cf-717495945fc2";
  private static final String SERVICE = "com.example.app";

  private final List<StoreJvm> children = new ArrayList<>();
  private @Nullable KeePassXc keepass;
  private @Nullable DesktopSession session;

  /** How a service ends and starts again, and what locks it and unlocks it. */
  private interface Step {
    void run() throws Exception;
  }

  @AfterEach
  void logOut() throws Exception {
    children.forEach(StoreJvm::close);
    if (keepass != null) {
      keepass.close();
    } else if (session != null) {
      session.close();
    }
  }

  @Test
  void sessionLivesInKeePassXcThatConfirmsNothing() throws Exception {
    KeePassXc service = KeePassXc.start(false, null);
    keepass = service;
    session = service.session();

    live("KeePassXC", service::kill, service::start, service::lock, service::unlock);
  }

  @Test
  void sessionLivesInTheSecretServiceOfKWallet() throws Exception {
    DesktopSession service = DesktopSession.withKWalletAsSecretService();
    session = service;

    live("KWallet", () -> {}, service::restartKWallet, service::closeWallets, service::openWallet);
    KilledWriters.leaveWholeRecords(
        KeyringOpener.location(service, "killed", KeyringBackend.SECRET_SERVICE), 3);
  }

  private void live(String name, Step end, Step start, Step lock, Step unlock) throws Exception {
    String location =
        KeyringOpener.location(
            Objects.requireNonNull(session), SERVICE, KeyringBackend.SECRET_SERVICE);
    try (FakeAuthorizationServer server = server();
        TokenStore store = new KeyringOpener().open(location)) {
      assertThat(store.description()).isEqualTo(name + ", entries of " + SERVICE);
      PublicClient client = client(server, store);
      Account account = signIn(client, server);
      server.settings().tokenLifetime(Duration.ofHours(1));

      race(location, server);
      assertThat(client.accounts()).containsExactly(account);

      end.run();
      start.run();
      assertThat(client.tokens(account).get().value()).isNotEmpty();

      lock.run();
      for (TokenStore handle : List.of(store, new KeyringOpener().open(location))) {
        TokenStoreFailure failure = catchThrowableOfType(TokenStoreFailure.class, handle::keys);
        assertThat(failure).isInstanceOf(KeyringLocked.class).hasMessageContaining(name);
      }
      assertThat(catchThrowableOfType(TokenStoreFailure.class, client::beginSignIn))
          .as("nobody is sent to the browser for a session that cannot be stored")
          .isInstanceOf(KeyringLocked.class);
      unlock.run();
      assertThat(client.accounts()).containsExactly(account);

      client.signOut(account);
      assertThat(store.keys()).isEmpty();
    }
    assertThat(session.entries(SERVICE)).isEmpty();
  }

  private static Account signIn(PublicClient client, FakeAuthorizationServer server) {
    SignIn signIn = client.beginSignIn();
    server.approve(signIn.deviceAuthorization().userCode(), "adele@contoso.example");
    return signIn.await().account();
  }

  private static PublicClient client(FakeAuthorizationServer server, TokenStore store) {
    return PublicClient.builder()
        .authorizationServer(Entra.common().authorityHost(server.baseUrl()))
        .clientId(CLIENT_ID)
        .scopes("User.Read")
        .tokenStore(store)
        .build();
  }

  private static FakeAuthorizationServer server() {
    return FakeAuthorizationServer.builder()
        .interval(Duration.ofSeconds(1))
        .settings(settings -> settings.rotation(Rotation.STRICT).tokenLifetime(LIFETIME))
        .start();
  }

  /** Four processes find the token expired, and one of them redeems the refresh token. */
  private void race(String location, FakeAuthorizationServer server) throws Exception {
    for (int i = 0; i < PROCESSES; i++) {
      children.add(
          StoreJvm.start(
              StoreProgram.class, "tokens", location, server.baseUrl().toString(), CLIENT_ID));
    }
    for (StoreJvm child : children) {
      child.await("ready", 1);
    }
    Thread.sleep(LIFETIME.toMillis()); // from here on, it has expired in any case
    for (StoreJvm child : children) {
      child.say("go");
    }
    StringBuilder all = new StringBuilder();
    for (StoreJvm child : children) {
      child.await("done", 1);
      child.say("end");
      all.append(child.end());
    }
    Set<String> tokens =
        Set.copyOf(all.toString().lines().filter(line -> line.startsWith("token ")).toList());
    assertThat(server.redemptions()).isEqualTo(1);
    assertThat(tokens).hasSize(1);
  }
}
