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
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Four processes that start at once, each for one token, on a machine with far more to do than it
 * can. Classes load and connections are made at a crawl, and the keyring is not to blame.
 */
@Tag("daemons")
@Tag("processes")
@Timeout(1_200)
class BusyMachineTest {

  private static final int PROCESSES = 4;
  private static final int ROUNDS = Integer.getInteger("latchkey.busy.rounds", 1);
  private static final int LOAD = Integer.getInteger("latchkey.busy.load", 20);
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofHours(1);
  private static final String CLIENT_ID = "1950a258-227b-4e31-a9cf-717495945fc2";

  private final List<Process> stress = new ArrayList<>();
  private DesktopSession session;
  private String location;

  @BeforeEach
  void logIn() throws Exception {
    session = DesktopSession.withGnomeKeyring();
    location = KeyringOpener.location(session, "test-" + UUID.randomUUID());
  }

  @AfterEach
  void logOut() throws Exception {
    for (Process process : stress) {
      process.destroyForcibly().waitFor();
    }
    if (session != null) {
      session.close();
    }
  }

  @Test
  void noProcessFailsAndEachTokenIsRedeemedOnce() throws Exception {
    try (FakeAuthorizationServer server = server();
        TokenStore store = new KeyringOpener().open(location)) {
      PublicClient client =
          PublicClient.builder()
              .authorizationServer(Entra.common().authorityHost(server.baseUrl()))
              .clientId(CLIENT_ID)
              .scopes("User.Read")
              .tokenStore(store)
              .build();
      for (int i = 0; i < LOAD; i++) {
        stress.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
      }

      Duration longest = Duration.ZERO;
      for (int round = 1; round <= ROUNDS; round++) {
        server.settings().tokenLifetime(SHORT);
        SignIn signIn = client.beginSignIn();
        server.approve(signIn.deviceAuthorization().userCode(), "adele@contoso.example");
        signIn.await();
        server.settings().tokenLifetime(LONG);

        long begun = System.nanoTime();
        String all = tokensOfAll(server);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        longest = took.compareTo(longest) > 0 ? took : longest;

        assertThat(all.lines().distinct()).as("round %s: %s", round, all).hasSize(1);
        assertThat(all).startsWith("token ");
        assertThat(server.redemptions()).isEqualTo(round);
      }
      System.out.printf(
          "busy machine: %d rounds, load %.0f, the longest %d s%n",
          ROUNDS,
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
          longest.toSeconds());
    }
  }

  /** What four processes print that are started at once, with the default time limits. */
  private String tokensOfAll(FakeAuthorizationServer server) throws Exception {
    List<StoreJvm> children = new ArrayList<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        children.add(
            StoreJvm.start(
                StoreProgram.class, "token", location, server.baseUrl().toString(), CLIENT_ID));
      }
      StringBuilder all = new StringBuilder();
      for (StoreJvm child : children) {
        all.append(child.end());
      }
      return all.toString();
    } finally {
      children.forEach(StoreJvm::close);
    }
  }

  private static FakeAuthorizationServer server() {
    return FakeAuthorizationServer.builder()
        .interval(Duration.ofSeconds(1))
        .settings(settings -> settings.rotation(Rotation.STRICT))
        .start();
  }
}
