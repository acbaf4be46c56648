package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.Entra;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.keyring.fixture.DesktopSession;
import dev.latchkey.keyring.fixture.KeyringOpener;
import dev.latchkey.keyring.fixture.StoreJvm;
import dev.latchkey.keyring.fixture.StoreProgram;
import dev.latchkey.store.TokenStore;
import dev.latchkey.testkit.FakeAuthorizationServer;
import dev.latchkey.testkit.Rotation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several processes on a real GNOME Keyring, which does not prevent duplicates. */
@Tag("daemons")
@Tag("processes")
@Timeout(900)
class KeyringProcessesTest {

  private static final int PROCESSES = 4;
  private static final int ROUNDS = Integer.getInteger("latchkey.creations", 20);
  private static final int EXPIRIES = Integer.getInteger("latchkey.expiries", 10);
  private static final Duration LIFETIME = Duration.ofSeconds(10);
  private static final String CLIENT_ID = "1950a258-227b-4e31-a9cf-717495945fc2";

  private final List<StoreJvm> children = new ArrayList<>();
  private DesktopSession session;
  private String location;

  @BeforeEach
  void logIn() throws Exception {
    session = DesktopSession.withGnomeKeyring();
    location = KeyringOpener.location(session, "test-" + UUID.randomUUID());
  }

  @AfterEach
  void logOut() throws Exception {
    children.forEach(StoreJvm::close);
    if (session != null) {
      session.close();
    }
  }

  @Test
  void fourProcessesThatCreateTheFirstEntryAtOnceCreateOne() throws Exception {
    start("create", location);

    for (int round = 0; round < ROUNDS; round++) {
      tellAll(Integer.toString(round), round + 1);
    }

    String all = endAll();
    for (int round = 0; round < ROUNDS; round++) {
      String won = round + " won";
      assertThat(all.lines().filter(won::equals).count()).as(won).isEqualTo(1);
      try (TokenStore store = new KeyringOpener().open(location + "-" + round)) {
        assertThat(store.read("account")).isNotNull(); // an ambiguous entry would throw
        assertThat(store.keys()).containsExactly("account");
      }
    }
    System.out.println("keyring creation: " + ROUNDS + " rounds, one account each");
  }

  @Test
  void fourProcessesRedeemEachRefreshTokenOnce() throws Exception {
    try (FakeAuthorizationServer server = server();
        TokenStore store = new KeyringOpener().open(location)) {
      PublicClient client =
          PublicClient.builder()
              .authorizationServer(Entra.common().authorityHost(server.baseUrl()))
              .clientId(CLIENT_ID)
              .scopes("User.Read")
              .tokenStore(store)
              .build();
      SignIn signIn = client.beginSignIn();
      server.approve(signIn.deviceAuthorization().userCode(), "adele@contoso.example");
      signIn.await();
      start("tokens", location, server.baseUrl().toString(), CLIENT_ID);

      for (int expiry = 1; expiry <= EXPIRIES; expiry++) {
        Thread.sleep(LIFETIME.plusMillis(200).toMillis());
        tellAll("go", expiry);
      }

      String all = endAll();
      Set<String> tokens =
          Set.copyOf(all.lines().filter(line -> line.startsWith("token ")).toList());
      System.out.println(
          "keyring rotation: " + EXPIRIES + " expiries, " + server.redemptions() + " redemptions");
      assertThat(server.redemptions()).isEqualTo(EXPIRIES);
      assertThat(tokens).hasSize(EXPIRIES);
      assertThat(client.accounts()).hasSize(1);
    }
  }

  private static FakeAuthorizationServer server() {
    return FakeAuthorizationServer.builder()
        .interval(Duration.ofSeconds(1))
        .settings(settings -> settings.rotation(Rotation.STRICT).tokenLifetime(LIFETIME))
        .start();
  }

  private void start(String... arguments) throws Exception {
    for (int i = 0; i < PROCESSES; i++) {
      children.add(StoreJvm.start(StoreProgram.class, arguments));
    }
    for (StoreJvm child : children) {
      child.await("ready", 1);
    }
  }

  private void tellAll(String line, int times) throws Exception {
    for (StoreJvm child : children) {
      child.say(line);
    }
    for (StoreJvm child : children) {
      child.await("done", times);
    }
  }

  private String endAll() throws Exception {
    StringBuilder all = new StringBuilder();
    for (StoreJvm child : children) {
      child.say("end");
      all.append(child.end());
    }
    return all.toString();
  }
}
