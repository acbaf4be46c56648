package dev.latchkey.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.PublicClient;
import dev.latchkey.TokenSource;
import dev.latchkey.testkit.FakeAuthorizationServer;
import dev.latchkey.testkit.Rotation;
import dev.latchkey.testkit.TestUser;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 at random moments of sign-in and refresh: the encrypted file store always opens and holds
 * the old or the new session, whole enough to be refreshed. The server is a lenient one, as Entra
 * is: it takes a refresh token again whose successor died with the process.
 */
@Timeout(1200)
class KillTest {

  private static final int KILLS = Integer.getInteger("latchkey.kills", 200);
  private static final int AT_A_TIME = 4;
  private static final int SIGN_IN_MILLIS = 3_000;
  private static final int REFRESHING_MILLIS = 400;
  private static final String USERNAME = "adele@contoso.example";

  @TempDir private Path directory;

  private final AtomicInteger withSession = new AtomicInteger();

  @Test
  void aKilledProcessLeavesTheOldOrTheNewSession() throws Exception {
    try (FakeAuthorizationServer server =
        FakeAuthorizationServer.builder()
            .user(TestUser.of(USERNAME))
            .interval(Duration.ofSeconds(1))
            .rotation(Rotation.LENIENT)
            .start()) {
      server.approveEvery(USERNAME);
      ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
      try {
        List<Callable<Void>> lanes = new ArrayList<>();
        for (int lane = 0; lane < AT_A_TIME; lane++) {
          Path store = directory.resolve("store-" + lane);
          Random random = new Random(lane);
          lanes.add(() -> killAndLook(server, store, random));
        }
        for (Future<Void> lane : threads.invokeAll(lanes)) {
          lane.get();
        }
      } finally {
        threads.shutdownNow();
      }
    }

    System.out.println(KILLS + " kills, after " + withSession + " of which a session was there");
    assertThat(withSession.get()).isGreaterThanOrEqualTo(KILLS / 2);
  }

  private Void killAndLook(FakeAuthorizationServer server, Path store, Random random)
      throws IOException, InterruptedException {
    for (int round = 0; round < KILLS / AT_A_TIME; round++) {
      Process process = start(server, store);
      try {
        BufferedReader told = process.inputReader();
        assertThat(told.readLine()).isEqualTo("signing in");
        if (round % 2 == 0) {
          Thread.sleep(random.nextInt(SIGN_IN_MILLIS));
        } else {
          assertThat(told.readLine()).isEqualTo("refreshing");
          Thread.sleep(random.nextInt(REFRESHING_MILLIS));
        }
      } finally {
        process.destroyForcibly().waitFor();
      }
      look(server, store);
    }
    return null;
  }

  private void look(FakeAuthorizationServer server, Path store) {
    PublicClient client = SigningInForever.client(server.baseUrl(), store);
    for (Account account : client.accounts()) {
      TokenSource tokens = client.tokens(account);
      AccessToken kept = tokens.get();
      AccessToken next = tokens.replace(kept, null);
      assertThat(next.value()).isNotEqualTo(kept.value());
      withSession.incrementAndGet();
    }
    assertThat(client.accounts()).hasSizeLessThanOrEqualTo(1);
  }

  private static Process start(FakeAuthorizationServer server, Path store) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            SigningInForever.class.getName(),
            server.baseUrl().toString(),
            store.toString())
        .redirectError(Workspace.target("logs").resolve("killed.log").toFile())
        .start();
  }
}
