package dev.latchkey.internal.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ClientSeams;
import dev.latchkey.SignIn;
import dev.latchkey.SignInProgress;
import dev.latchkey.SignInProgress.State;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.FakeTime;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.SignInRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a dialog can say while a sign-in waits. */
class SignInProgressTest {

  private static final Answer DEVICE = Answer.json(200, Body.device());
  private static final Answer TOKENS = Answer.json(200, Body.tokens());

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final SignInRun run =
      new SignInRun(
          ClientSeams.builder(new FakeTime(), Runnable::run)
              .authorizationServer(server.authorizationServer()));
  private final List<SignInProgress> heard = new ArrayList<>();

  private SignIn begin() {
    SignIn signIn = run.client().beginSignIn();
    signIn.onProgress(heard::add);
    return signIn;
  }

  @Test
  void everyPollThatDoesNotEndTheSignInIsTold() {
    server
        .answer("/device", DEVICE)
        .answer(
            "/token",
            Answer.error("authorization_pending"),
            Answer.error("slow_down"),
            Answer.page(503, "text/plain", "down"),
            Answer.html(200),
            Answer.reset(),
            TOKENS);

    run.finish(begin());

    assertThat(heard)
        .extracting(SignInProgress::state)
        .containsExactly(
            State.WAITING,
            State.SLOWED_DOWN,
            State.SERVER_BUSY,
            State.UNREADABLE,
            State.NO_CONNECTION);
    assertThat(heard)
        .extracting(progress -> progress.nextPoll().toSeconds())
        .containsExactly(5L, 10L, 10L, 10L, 20L);
  }

  @Test
  void remedyComesWithAConnectionThatFailsOnly() {
    server
        .answer("/device", DEVICE)
        .answer("/token", Answer.reset(), Answer.page(429, "text/plain", ""), TOKENS);

    run.finish(begin());

    assertThat(heard.get(0).remedy()).isNotBlank();
    assertThat(heard.get(1))
        .isEqualTo(new SignInProgress(State.SERVER_BUSY, Duration.ofSeconds(5), null));
  }

  @Test
  void everyListenerIsToldWhateverAnotherThrows() {
    server
        .answer("/device", DEVICE)
        .answer("/token", Answer.error("authorization_pending"), TOKENS);
    SignIn signIn = run.client().beginSignIn();
    signIn.onProgress(
        progress -> {
          throw new IllegalStateException("a listener's own fault");
        });
    signIn.onProgress(heard::add);

    run.finish(signIn);

    assertThat(heard).hasSize(1);
    assertThat(signIn.await().token().value()).isEqualTo(Body.ACCESS_TOKEN);
  }

  /** The last wait ends when the code expires. */
  @Test
  void nextPollIsNeverLaterThanTheEndOfTheCode() {
    server
        .answer("/device", Answer.json(200, Body.device().with("expires_in", 12)))
        .answer("/token", Answer.error("authorization_pending"), Answer.error("slow_down"));

    run.finish(begin());

    assertThat(heard).hasSize(2);
    assertThat(heard.get(1).nextPoll()).isEqualTo(Duration.ofSeconds(2));
  }
}
