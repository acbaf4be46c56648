package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How long a pending sign-in waits between its polls. */
class SignInWaitsTest {

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final SignInRun run = new SignInRun(server);

  @Test
  void firstPollComesOneIntervalAfterTheAnswer() {
    server.answer("/device", Answer.json(200, Body.device().with("interval", 7)));
    server.answer("/token", Answer.json(200, Body.tokens()));

    SignedIn signedIn = run.toSuccess();

    assertThat(run.waits()).containsExactly(7L);
    assertThat(signedIn.token().value()).isEqualTo(Body.ACCESS_TOKEN);
  }

  @Test
  void missingIntervalIsFiveSeconds() {
    server.answer("/device", Answer.json(200, Body.device().without("interval")));
    server.answer("/token", Answer.error("authorization_pending"), Answer.json(200, Body.tokens()));

    SignedIn signedIn = run.toSuccess();

    assertThat(run.waits()).containsExactly(5L, 5L);
    assertThat(signedIn.canRefresh()).isTrue();
  }
}
