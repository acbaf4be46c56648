package dev.latchkey.interop.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.AccountStatus;
import dev.latchkey.PublicClient;
import dev.latchkey.TokenSource;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.interop.fixture.Workspace;
import dev.latchkey.testkit.FakeAuthorizationServer;
import dev.latchkey.testkit.Rotation;
import dev.latchkey.testkit.TestUser;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills processes with kill -9 at random moments of sign-in and refresh: the encrypted file store
 * always opens and holds the old or the new session.
 *
 * <p>Most kills run against a lenient server, such as Entra ID. It accepts a refresh token again
 * whose successor died with the process. So every session must be able to refresh; one that cannot
 * was damaged by the store. A strict server accepts no token twice. There a kill between the answer
 * and the write costs the session whatever a client does; the store must still be intact, and ready
 * for the next sign-in.
 */
@Timeout(1200)
class KillTest {

  private static final int KILLS = Integer.getInteger("latchkey.kills", 200);
  private static final int STRICT_KILLS = 20;
  private static final int AT_A_TIME = 4;
  private static final int SIGN_IN_MILLIS = 3_000;
  private static final int REFRESHING_MILLIS = 400;
  private static final String USERNAME = "adele@contoso.example";

  @TempDir private Path directory;

  private final AtomicInteger usable = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();

  @Test
  void aKilledProcessLeavesTheOldOrTheNewSession() throws Exception {
    kill(Rotation.LENIENT, KILLS, round -> round % 2 != 0);

    assertThat(lost).hasValue(0);
    assertThat(usable.get()).isGreaterThanOrEqualTo(KILLS / 2);
  }

  @Test
  void onAStrictServerAKilledRefreshLeavesAUsableSessionOrAsksForASignIn() throws Exception {
    kill(Rotation.STRICT, STRICT_KILLS, round -> true);

    assertThat(usable.get() + lost.get()).isEqualTo(STRICT_KILLS);
    assertThat(usable).hasPositiveValue();
  }

  private void kill(Rotation rotation, int kills, IntPredicate duringRefresh) throws Exception {
    try (FakeAuthorizationServer server =
        FakeAuthorizationServer.builder()
            .user(TestUser.of(USERNAME))
            .interval(Duration.ofSeconds(1))
            .settings(settings -> settings.rotation(rotation))
            .start()) {
      server.approveEvery(USERNAME);
      ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
      try {
        List<Callable<Void>> lanes = new ArrayList<>();
        for (int lane = 0; lane < AT_A_TIME; lane++) {
          Path store = directory.resolve("store-" + lane);
          Random random = new Random(lane);
          lanes.add(
              () -> {
                for (int round = 0; round < kills / AT_A_TIME; round++) {
                  killOne(server, store, duringRefresh.test(round), random);
                  look(server, store);
                }
                return null;
              });
        }
        for (Future<Void> lane : threads.invokeAll(lanes)) {
          lane.get();
        }
      } finally {
        threads.shutdownNow();
      }
    }
    System.out.printf(
        "%d kills, %s rotation: %s sessions to be used, %s lost%n", kills, rotation, usable, lost);
  }

  private static void killOne(
      FakeAuthorizationServer server, Path store, boolean duringRefresh, Random random)
      throws IOException, InterruptedException {
    Process process = start(server, store);
    try {
      BufferedReader told = process.inputReader();
      assertThat(told.readLine()).isEqualTo("signing in");
      if (duringRefresh) {
        assertThat(told.readLine()).isEqualTo("refreshing");
        Thread.sleep(random.nextInt(REFRESHING_MILLIS));
      } else {
        Thread.sleep(random.nextInt(SIGN_IN_MILLIS));
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private void look(FakeAuthorizationServer server, Path store) {
    PublicClient client = SigningInForever.client(server.baseUrl(), store);
    for (Account account : client.accounts()) {
      TokenSource tokens = client.tokens(account);
      AccessToken kept = tokens.get();
      try {
        AccessToken next = tokens.replace(kept, null);
        assertThat(next.value()).isNotEqualTo(kept.value());
        usable.incrementAndGet();
      } catch (SignInRequired e) {
        AccountStatus status = Objects.requireNonNull(client.status(account));
        assertThat(status.signInRequired()).isEqualTo(e.reason());
        lost.incrementAndGet();
      }
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
