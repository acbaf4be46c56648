package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.AccessToken;
import dev.latchkey.TokenSource;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.ChildProgram;
import dev.latchkey.fixture.Failures;
import dev.latchkey.fixture.Gate;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.RotatingServer;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.store.EncryptedFileTokenStore;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process is killed during its refresh. It can no longer record that the answer is lost, so it
 * marked the record before.
 */
@Tag("processes")
class KilledMidRefreshTest {

  private static final Duration UNTIL_DUE = Duration.ofMinutes(56);

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  @TempDir Path directory;

  private final RotatingServer rotating = new RotatingServer();
  private RefreshRun run;
  private TokenSource next;

  @BeforeEach
  void untilTheTokenIsDue() {
    run = new RefreshRun(server, EncryptedFileTokenStore.open(directory, new byte[32])).signedIn();
    next = run.tokens();
    run.time.advance(UNTIL_DUE);
  }

  @Test
  void nextProcessUsesTheTokenToItsEndAndThenReportsTheLostAnswer() throws Exception {
    Gate gate = new Gate();
    server.answerBy("/token", request -> rotating.apply(request).after(gate::pass));
    killWhileItRefreshes();
    gate.open();
    server.answerBy("/token", rotating);

    serveToTheEnd();
    int requests = server.requests("/token").size();
    SignInRequired why = Failures.of(SignInRequired.class, next::get);

    assertThat(requests).isEqualTo(1);
    assertThat(rotating.redemptions()).hasSize(1);
    assertThat(why.reason()).isEqualTo(Reason.REFRESH_ANSWER_LOST);
  }

  @Test
  void nextProcessRefreshesInTheEndIfTheServerNeverActed() throws Exception {
    server.answer("/token", Answer.hang());
    killWhileItRefreshes();
    server.answerBy("/token", rotating);

    serveToTheEnd();
    int requests = server.requests("/token").size();
    AccessToken token = next.get();

    assertThat(requests).isEqualTo(1);
    assertThat(token.value()).isEqualTo("access-1");
    assertThat(run.stored().possiblySpent()).isFalse();
  }

  private void killWhileItRefreshes() throws Exception {
    try (ChildProgram killed = ChildProgram.start(directory, server)) {
      assertThat(killed.hear()).isEqualTo("ready");
      killed.tell("advance " + UNTIL_DUE.toSeconds());
      killed.tell("get 1");
      assertThat(killed.hear()).isEqualTo("got " + RefreshRun.ACCESS_TOKEN);
      server.awaitRequests("/token", 1);
      killed.kill();
    }
  }

  private void serveToTheEnd() throws InterruptedException {
    for (int minute = 56; minute < 60; minute++) {
      assertThat(next.get().value()).isEqualTo(RefreshRun.ACCESS_TOKEN);
      run.workers.awaitIdle();
      run.time.advance(Duration.ofMinutes(1));
    }
  }
}
