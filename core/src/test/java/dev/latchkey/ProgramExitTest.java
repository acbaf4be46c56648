package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.ChildProgram;
import dev.latchkey.fixture.Gate;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.RotatingServer;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.ToldProgram;
import dev.latchkey.store.EncryptedFileTokenStore;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A program ends when it is done, but not before a new refresh token is stored. */
@Tag("processes")
class ProgramExitTest {

  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration AT_LAST = Duration.ofSeconds(25);

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  @TempDir Path directory;

  private RefreshRun run;
  private final RotatingServer rotating = new RotatingServer();
  private final Gate gate = new Gate();

  @BeforeEach
  void signIn() {
    run = new RefreshRun(server, EncryptedFileTokenStore.open(directory, new byte[32])).signedIn();
    server.answerBy("/token", request -> rotating.apply(request).after(gate::pass));
  }

  @Test
  void exitDuringARedemptionWaitsUntilTheNewTokenIsStored() throws Exception {
    try (ChildProgram child = start()) {
      child.tell("advance 3600");
      child.tell("fetch");
      gate.awaitArrival();
      child.tell("exit 7");
      assertThat(child.hear()).isEqualTo("exiting");
      gate.open();

      assertThat(child.awaitExit(AT_LAST)).isEqualTo(7);
      assertThat(run.storedRefreshToken()).isEqualTo("refresh-1");
    }
  }

  @Test
  void endOfMainDuringABackgroundRefreshWaitsUntilTheNewTokenIsStored() throws Exception {
    try (ChildProgram child = start()) {
      child.tell("advance 3360");
      child.tell("get 1");
      assertThat(child.hear()).isEqualTo("got " + RefreshRun.ACCESS_TOKEN);
      gate.awaitArrival();
      child.tell("return");
      assertThat(child.hear()).isEqualTo("returning");
      assertThat(child.hear()).isEqualTo("exiting");
      gate.open();

      assertThat(child.awaitExit(AT_LAST)).isZero();
      assertThat(run.storedRefreshToken()).isEqualTo("refresh-1");
    }
  }

  @Test
  void hangingServerCannotKeepTheProgramAlive() throws Exception {
    try (ChildProgram child = start()) {
      child.tell("advance 3600");
      child.tell("fetch");
      gate.awaitArrival();
      child.tell("exit 7");

      assertThat(child.hear()).isEqualTo("exiting");
      assertThat(child.awaitExit(AT_LAST)).isEqualTo(7);
      assertThat(run.storedRefreshToken()).isEqualTo(RefreshRun.REFRESH_TOKEN);
      gate.open();
    }
  }

  @Test
  void programThatClosesNothingEndsWithItsMain() throws Exception {
    gate.open();
    server.answer("/device", Answer.json(200, Body.device()));
    try (ChildProgram child = ChildProgram.start(directory, server, ToldProgram.REAL_TIME)) {
      assertThat(child.hear()).isEqualTo("ready");
      child.tell("get 8");
      assertThat(child.hear()).isEqualTo("got access-1");
      child.tell("begin");
      assertThat(child.hear()).isEqualTo("began WDJB-MJHT");

      child.tell("return");
      assertThat(child.hear()).isEqualTo("returning");

      assertThat(child.awaitExit(SOON)).isZero();
    }
  }

  @Test
  void killedProgramDoesNotBlockOtherProcesses() throws Exception {
    try (ChildProgram child = start()) {
      child.tell("advance 3600");
      child.tell("fetch");
      gate.awaitArrival();
      child.kill();
    }
    gate.open();
    run.time.advance(RefreshRun.HOUR);
    server.answer("/token", Answer.json(200, Body.tokens()));

    AccessToken token = run.tokens().get();

    assertThat(token.value()).isEqualTo(Body.ACCESS_TOKEN);
    assertThat(run.storedRefreshToken()).isEqualTo(Body.REFRESH_TOKEN);
  }

  private ChildProgram start() throws Exception {
    ChildProgram child = ChildProgram.start(directory, server);
    assertThat(child.hear()).isEqualTo("ready");
    return child;
  }
}
