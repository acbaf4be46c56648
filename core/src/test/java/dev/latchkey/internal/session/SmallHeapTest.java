package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.Program;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.SmallHeapProgram;
import dev.latchkey.store.EncryptedFileTokenStore;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A refresh in a program with a heap of 16 MiB. */
@Tag("processes")
class SmallHeapTest {

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  @TempDir Path directory;

  private RefreshRun run;

  @BeforeEach
  void expired() {
    run = new RefreshRun(server, EncryptedFileTokenStore.open(directory, new byte[32])).expired();
  }

  @Test
  void answerOfAMebibyteIsRefusedWhileItIsRead() throws Exception {
    server.answer("/token", answerOf(1 << 20));

    assertThat(refresh())
        .contains("InvalidResponse: Could not refresh the session: the server answered HTTP 200,")
        .contains("body over 256 KiB");

    assertThat(run.stored().possiblySpent()).isTrue();
  }

  @Test
  void longestAnswerIsReadAndStored() throws Exception {
    server.answer("/token", answerOf(250 << 10));

    assertThat(refresh()).contains("got " + Body.ACCESS_TOKEN);

    assertThat(run.storedRefreshToken()).isEqualTo(Body.REFRESH_TOKEN);
  }

  private String refresh() throws Exception {
    try (Program program =
        Program.start(SmallHeapProgram.class, "-Xmx16m", directory, server.at("/"))) {
      return program.awaitEnd();
    }
  }

  private static Answer answerOf(int length) {
    return Answer.json(200, Body.tokens().with("padding", "x".repeat(length)));
  }
}
