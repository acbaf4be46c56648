package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.Account;
import dev.latchkey.PublicClient;
import dev.latchkey.SignInOptions;
import dev.latchkey.TokenSource;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.Crowd;
import dev.latchkey.fixture.Families;
import dev.latchkey.fixture.FaultyStore.Call;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything at once, in any order: refreshes of all scope sets, rejected tokens, sign-outs,
 * sign-ins, a server and a store that fail now and then. Nothing may hang, no refresh token may be
 * used twice, and no valid one may be lost.
 */
class RefreshStormTest {

  private static final Account ALICE = RefreshRun.account();
  private static final List<Call> CALLS = List.of(Call.values());
  private static final int WANDERERS = 9;
  private static final int STEPS = 150;

  /** A store that fails at each step lets nothing happen: then it takes more steps. */
  private static final int MIN_ISSUED = 20;

  private static final int SOAK = 20;

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final RefreshRun run = new RefreshRun(server).signedIn();
  private final AtomicBoolean over = new AtomicBoolean();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void clientsOfOneStoreUseNoRefreshTokenTwiceAndLoseNone(long seed) throws Exception {
    Families families = storm(seed, List.of(run.client(), run.client(), run.client()), () -> {});

    assertThat(families.issued()).isGreaterThan(MIN_ISSUED);
    assertThat(families.reused()).isEmpty();
    if (run.isStored()) {
      assertThat(run.storedRefreshToken()).matches(families::isGood);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 7, 8, 9, 10})
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void oneClientWithAStoreThatFailsUsesNoRefreshTokenTwiceAndLosesNone(long seed) throws Exception {
    stormWithAStoreThatFails(seed);
  }

  /** How threads meet differs from run to run, whatever the seed: rare meetings need many runs. */
  @Tag("soak")
  @RepeatedTest(SOAK)
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void manyStormsUseNoRefreshTokenTwiceAndLoseNone(RepetitionInfo repetition) throws Exception {
    stormWithAStoreThatFails(10 + repetition.getCurrentRepetition());
  }

  private void stormWithAStoreThatFails(long seed) throws Exception {
    Random random = new Random(seed);
    Runnable trouble =
        () -> {
          run.store.failAfterWriting(random.nextInt(4) == 0);
          Call call = CALLS.get(random.nextInt(CALLS.size()));
          if (random.nextBoolean()) {
            run.store.fail(call);
          } else {
            run.store.mend(call);
          }
        };

    PublicClient client = run.client();
    Families families = storm(seed, List.of(client), trouble);
    run.store.failAfterWriting(false);
    for (Call call : CALLS) {
      run.store.mend(call);
    }
    while (run.time.pending() > 0) { // stores what lives in memory
      run.time.finishNextWait();
      run.workers.awaitIdle();
    }

    assertThat(families.issued()).isGreaterThan(MIN_ISSUED);
    assertThat(families.reused()).isEmpty();
    if (!client.accounts().isEmpty()) { // what the last sign-out could not delete may be spent
      assertThat(run.storedRefreshToken()).matches(families::isGood);
    }
  }

  private Families storm(long seed, List<PublicClient> clients, Runnable trouble)
      throws InterruptedException {
    Families families = new Families(seed);
    server.answerBy("/token", families);
    server.answerAlways("/device", Answer.json(200, Body.device().with("expires_in", 500_000)));
    server.answerAlways("/revoke", Answer.page(200, "text/plain", ""));
    Crowd crowd = new Crowd();
    for (int i = 0; i < WANDERERS; i++) {
      Random random = new Random(seed * 1_000 + i);
      PublicClient client = clients.get(i % clients.size());
      crowd.add(1, () -> wander(client, random, families));
    }
    var wanderers = crowd.set();
    var clock = Crowd.alone(() -> letTimePass(new Random(seed), trouble));
    wanderers.forEach(CompletableFuture::join);
    over.set(true);
    clock.join();
    run.workers.awaitIdle();
    return families;
  }

  private boolean wander(PublicClient client, Random random, Families families) {
    for (int step = 0; step < STEPS || families.issued() <= MIN_ISSUED; step++) {
      try {
        act(client, random);
      } catch (LatchkeyException e) {
        // one of the family, as it should be
      }
    }
    return true;
  }

  private void act(PublicClient client, Random random) {
    TokenSource tokens =
        client.tokens(
            ALICE, List.of(List.of("User.Read", "Mail.Read", "Other").get(random.nextInt(3))));
    switch (random.nextInt(20)) {
      case 0 -> client.signOut(ALICE);
      case 1, 2 -> client.beginSignIn(SignInOptions.NONE.withAccountId(ALICE.id())).await();
      case 3, 4 -> tokens.replace(tokens.get(), null);
      case 5 -> tokens.getWithClaims("{\"a\":" + random.nextInt(3) + "}");
      case 6 -> client.status(ALICE);
      default -> tokens.get();
    }
  }

  private boolean letTimePass(Random random, Runnable trouble) throws InterruptedException {
    while (!over.get()) {
      trouble.run();
      run.time.advance(Duration.ofSeconds(random.nextInt(900)));
      TimeUnit.MICROSECONDS.sleep(500);
    }
    return true;
  }
}
