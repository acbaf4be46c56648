package dev.latchkey.internal.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.SignInResult;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.FakeTime;
import dev.latchkey.fixture.FaultyStore.Call;
import dev.latchkey.fixture.FaultyTime;
import dev.latchkey.fixture.Program;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.oauth.Reply;
import dev.latchkey.internal.oauth.ServerClock;
import dev.latchkey.internal.oauth.TokenResponse;
import dev.latchkey.internal.session.ClientConfig;
import dev.latchkey.internal.session.Sessions;
import dev.latchkey.internal.time.Time;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of the tokens of a sign-in on their way into the store. */
class SignInCommitTest {

  private static final String ID = RefreshRun.account().id();

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  @ParameterizedTest
  @MethodSource("faults")
  void onceTheAccountIsKnownNoFaultCostsTheRefreshToken(Supplier<Throwable> fault) {
    List<String> outcomes = new ArrayList<>();
    boolean thrown = true;
    for (int reading = 1; thrown; reading++) {
      RefreshRun run = new RefreshRun(server).signedIn();
      FaultyTime time = FaultyTime.everywhere(run.time);
      ClientConfig config = config(run, time);
      SignInCommit commit =
          new SignInCommit(config, new Sessions(config), null, ID, config.scopes());
      Reply reply = reply();
      TokenResponse tokens = TokenResponse.parse(reply);
      time.failAt(reading, fault.get());

      String outcome = outcome(commit, tokens, reply);
      thrown = !time.isStillToFail();

      boolean stored = run.storedRefreshToken().equals(Body.REFRESH_TOKEN);
      outcomes.add(outcome + (stored ? ", stored" : ""));
    }
    assertThat(outcomes)
        .startsWith("raw", "raw", "ServiceUnavailable, stored", "ServiceUnavailable, stored")
        .contains("in memory")
        .endsWith("signed in, stored");
    assertThat(outcomes.subList(2, outcomes.size())).doesNotContain("raw", "ServiceUnavailable");
  }

  static Stream<Named<Supplier<Throwable>>> faults() {
    return Stream.of(
        Named.of("OutOfMemoryError", () -> new OutOfMemoryError("Java heap space")),
        Named.of("NoClassDefFoundError", () -> new NoClassDefFoundError("dev/latchkey/Gone")),
        Named.of("ArithmeticException", () -> new ArithmeticException("long overflow")));
  }

  /** Raw is what happens before anybody is known; {@link PollingSignIn} gives it its type. */
  private static String outcome(SignInCommit commit, TokenResponse tokens, Reply reply) {
    try {
      SignInResult result = commit.commit(tokens, reply);
      return result.storeFailure() == null ? "signed in" : "in memory";
    } catch (ServiceUnavailable e) {
      return "ServiceUnavailable";
    } catch (RuntimeException | Error e) {
      return "raw";
    }
  }

  @Test
  void interruptedWaitForTheLeaseKeepsTheSignInInMemory() {
    RefreshRun run = new RefreshRun(server).signedIn();
    ClientConfig config = config(run, run.time);
    SignInCommit commit = new SignInCommit(config, new Sessions(config), null, ID, config.scopes());
    Reply reply = reply();
    Thread.currentThread().interrupt();

    SignInResult result = commit.commit(TokenResponse.parse(reply), reply);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(result.storeFailure())
        .extracting(TokenStoreFailure::problem)
        .isEqualTo(Problem.LEASE_TIMEOUT);
    run.time.finishNextWait();
    assertThat(run.storedRefreshToken()).isEqualTo(Body.REFRESH_TOKEN);
  }

  @Test
  void storeThatFailsWithAnErrorKeepsTheSignInInMemory() {
    RefreshRun run = new RefreshRun(server).signedIn();
    ClientConfig config = config(run, run.time);
    SignInCommit commit = new SignInCommit(config, new Sessions(config), null, ID, config.scopes());
    Reply reply = reply();
    run.store.failWith(Call.WRITE, new UnsatisfiedLinkError("no keyring library"));

    SignInResult result = commit.commit(TokenResponse.parse(reply), reply);
    run.store.mend(Call.WRITE);
    run.time.finishNextWait();

    assertThat(result.storeFailure())
        .hasMessage("The token store failed with java.lang.UnsatisfiedLinkError");
    assertThat(run.storedRefreshToken()).isEqualTo(Body.REFRESH_TOKEN);
  }

  /** A program that is exiting when the person approves its sign-in. */
  static final class Late {
    private Late() {}

    public static void main(String[] arguments) throws IOException {
      try (ScriptedServer unused = new ScriptedServer()) {
        RefreshRun run = new RefreshRun(unused).signedIn();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> commit(run)));
      }
    }

    private static void commit(RefreshRun run) {
      ClientConfig config = config(run, run.time);
      Reply reply = reply();
      try {
        new SignInCommit(config, new Sessions(config), null, ID, config.scopes())
            .commit(TokenResponse.parse(reply), reply);
      } catch (ServiceUnavailable e) {
        System.out.println(e.getMessage());
      }
      System.out.println("stored: " + run.storedRefreshToken().equals(Body.REFRESH_TOKEN));
    }
  }

  @Test
  @Tag("processes")
  void signInThatIsApprovedWhileTheProgramExitsIsStored() throws Exception {
    try (Program program = Program.start(Late.class, "-ea")) {
      assertThat(program.awaitEnd()).contains("stored: true");
    }
  }

  private static Reply reply() {
    return new Reply(
        200, Json.object(Body.tokens().toString()), null, null, null, FakeTime.START, 0, 0);
  }

  private static ClientConfig config(RefreshRun run, Time time) {
    ClientConfig config = run.config();
    return new ClientConfig(
        config.server(),
        config.clientId(),
        config.scopes(),
        config.refreshWanted(),
        config.exactScopes(),
        config.capabilities(),
        config.store(),
        config.exchange(),
        config.workers(),
        config.callbacks(),
        config.listener(),
        config.leaseTimeout(),
        config.redirect(),
        time,
        new ServerClock(time));
  }
}
