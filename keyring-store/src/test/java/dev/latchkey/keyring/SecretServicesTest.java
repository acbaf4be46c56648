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
import dev.latchkey.keyring.fixture.Permission;
import dev.latchkey.keyring.fixture.StoreJvm;
import dev.latchkey.keyring.fixture.StoreProgram;
import dev.latchkey.keyring.fixture.VirtualScreen;
import dev.latchkey.keyring.internal.backend.KWalletHost;
import dev.latchkey.keyring.internal.backend.OpenKeyring;
import dev.latchkey.store.TokenStore;
import dev.latchkey.testkit.FakeAuthorizationServer;
import dev.latchkey.testkit.Rotation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A session's life on the keyrings beside GNOME Keyring: KWallet by its own interface and as the
 * Secret Service, and KeePassXC that confirms nothing and with its default settings.
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
  private @Nullable VirtualScreen screen;
  private @Nullable KeePassXc keepass;
  private @Nullable DesktopSession session;

  /** How a service ends and starts again, and what locks it and unlocks it. */
  private interface Step {
    void run() throws Exception;
  }

  /** What another program finds of a service's entries. */
  private interface Entries {
    Collection<?> left() throws Exception;
  }

  /**
   * A keyring that runs.
   *
   * @param permission answers its dialog, where it asks for each program that uses the entries of
   *     another
   */
  private record Ring(
      String name,
      String location,
      Step end,
      Step start,
      Step lock,
      Step unlock,
      Entries entries,
      @Nullable Permission permission) {}

  @AfterEach
  void logOut() throws Exception {
    children.forEach(StoreJvm::close);
    if (keepass != null) {
      keepass.close();
    } else if (session != null) {
      session.close();
    }
    if (screen != null) {
      screen.close();
    }
  }

  @Test
  void sessionLivesInKeePassXcThatConfirmsNothing() throws Exception {
    screen = VirtualScreen.start();
    KeePassXc service = KeePassXc.start(false, screen);
    keepass = service;

    live(ring(service, () -> unlockByItsDialog(service), null));
  }

  @Test
  void sessionLivesInKeePassXcWhoseDialogsArePassed() throws Exception {
    screen = VirtualScreen.start();
    keepass = KeePassXc.start(true, screen);

    live(ring(keepass, keepass::unlock, keepass.permission()));
  }

  @Test
  void writersThatKeePassXcAskedAboutLeaveWholeRecordsWhenKilled() throws Exception {
    screen = VirtualScreen.start();
    keepass = KeePassXc.startAskingWithoutSaving(screen);

    KilledWriters.leaveWholeRecords(
        KeyringOpener.location(keepass.session(), SERVICE, KeyringBackend.SECRET_SERVICE),
        2,
        keepass.permission());
  }

  @Test
  void sessionLivesInTheSecretServiceOfKWallet() throws Exception {
    DesktopSession service = DesktopSession.withKWalletAsSecretService();
    session = service;

    live(ring(service, KeyringBackend.SECRET_SERVICE, () -> service.entries(SERVICE)));
    KilledWriters.leaveWholeRecords(
        KeyringOpener.location(service, "killed", KeyringBackend.SECRET_SERVICE), 3);
  }

  @Test
  void sessionLivesInKWallet() throws Exception {
    DesktopSession service = DesktopSession.withKWallet();
    session = service;

    live(ring(service, KeyringBackend.KWALLET, SecretServicesTest::entriesInKWallet));
  }

  private static void unlockByItsDialog(KeePassXc service) throws Exception {
    String location =
        KeyringOpener.location(service.session(), SERVICE, KeyringBackend.SECRET_SERVICE);
    try (KeyringTokenStore store = (KeyringTokenStore) new KeyringOpener().open(location)) {
      service.password().unlock(store);
    }
  }

  private static Ring ring(KeePassXc service, Step unlock, @Nullable Permission permission) {
    return new Ring(
        "KeePassXC",
        KeyringOpener.location(service.session(), SERVICE, KeyringBackend.SECRET_SERVICE),
        service::kill,
        service::start,
        service::lock,
        unlock,
        () -> service.session().entries(SERVICE),
        permission);
  }

  private static Ring ring(DesktopSession kwallet, KeyringBackend backend, Entries entries) {
    return new Ring(
        "KWallet",
        KeyringOpener.location(kwallet, SERVICE, backend),
        () -> {},
        kwallet::restartKWallet,
        kwallet::closeWallets,
        kwallet::openWallet,
        entries,
        null);
  }

  private static Collection<?> entriesInKWallet() throws Exception {
    try (KWalletHost host = new KWalletHost(Duration.ofSeconds(30));
        OpenKeyring keyring = host.open()) {
      return Objects.requireNonNull(keyring.accounts(SERVICE));
    }
  }

  private void live(Ring ring) throws Exception {
    try (FakeAuthorizationServer server = server();
        TokenStore store = new KeyringOpener().open(ring.location())) {
      assertThat(store.description()).isEqualTo(ring.name() + ", entries of " + SERVICE);
      PublicClient client = client(server, store);
      Account account = signIn(client, server);
      server.settings().tokenLifetime(Duration.ofHours(1));

      race(ring, server);
      unlock(store, ring.permission());
      assertThat(client.accounts()).containsExactly(account);

      ring.end().run();
      ring.start().run();
      unlock(store, ring.permission());
      assertThat(client.tokens(account).get().value()).isNotEmpty();

      ring.lock().run();
      for (TokenStore handle : List.of(store, new KeyringOpener().open(ring.location()))) {
        TokenStoreFailure failure = catchThrowableOfType(TokenStoreFailure.class, handle::keys);
        assertThat(failure).isInstanceOf(KeyringLocked.class).hasMessageContaining(ring.name());
      }
      assertThat(catchThrowableOfType(TokenStoreFailure.class, client::beginSignIn))
          .as("nobody is sent to the browser for a session that cannot be stored")
          .isInstanceOf(KeyringLocked.class);
      ring.unlock().run();
      assertThat(client.accounts()).containsExactly(account);

      client.signOut(account);
      assertThat(store.keys()).isEmpty();
    }
    assertThat(ring.entries().left()).isEmpty();
  }

  private static void unlock(TokenStore store, @Nullable Permission permission) throws Exception {
    if (permission != null) {
      permission.unlock((KeyringTokenStore) store);
    }
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
  private void race(Ring ring, FakeAuthorizationServer server) throws Exception {
    Permission permission = ring.permission();
    String location =
        permission == null ? ring.location() : KeyringOpener.unlockedOnOpen(ring.location());
    for (int i = 0; i < PROCESSES; i++) {
      children.add(
          StoreJvm.start(
              StoreProgram.class, "tokens", location, server.baseUrl().toString(), CLIENT_ID));
      if (permission != null) {
        permission.give();
      }
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
