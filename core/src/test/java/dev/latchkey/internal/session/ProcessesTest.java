package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.fixture.ChildProgram;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.RotatingServer;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.store.EncryptedFileTokenStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four processes, eight threads each, on one file store, against a server that tolerates no reuse.
 */
@Tag("processes")
class ProcessesTest {

  private static final int PROCESSES = 4;
  private static final int EXPIRIES = 5;

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  @TempDir Path directory;

  @Test
  @Timeout(value = 170, unit = TimeUnit.SECONDS)
  void eachExpiryCostsOneRedemptionAmongAllProcesses() throws Exception {
    RotatingServer rotating = new RotatingServer();
    server.answerBy("/token", rotating);
    RefreshRun run =
        new RefreshRun(server, EncryptedFileTokenStore.open(directory, new byte[32])).signedIn();
    List<ChildProgram> children = new ArrayList<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        children.add(ChildProgram.start(directory, server));
      }
      for (ChildProgram child : children) {
        assertThat(child.hear()).isEqualTo("ready");
      }

      for (int expiry = 1; expiry <= EXPIRIES; expiry++) {
        children.forEach(child -> child.tell("advance 3600"));
        children.forEach(child -> child.tell("get 8"));

        for (ChildProgram child : children) {
          assertThat(child.hear()).isEqualTo("got access-" + expiry);
        }
      }
    } finally {
      children.forEach(ChildProgram::close);
    }

    assertThat(rotating.redemptions()).hasSize(EXPIRIES);
    assertThat(rotating.reuses()).isZero();
    assertThat(run.storedRefreshToken()).isEqualTo("refresh-" + EXPIRIES);
  }
}
