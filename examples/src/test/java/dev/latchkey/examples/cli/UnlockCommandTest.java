package dev.latchkey.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.InProcessCli;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unlocking of stores that have no lock; KeyringIT has the keyring. */
class UnlockCommandTest {

  @TempDir Path directory;

  @Test
  void storeWithoutALockIsUnlocked() throws Exception {
    try (InProcessCli cli = InProcessCli.start(directory)) {
      CommandResult json = cli.run("unlock", "--json", "--store", "memory").succeeded();
      CommandResult text = cli.run("unlock", "--store", "memory").succeeded();

      assertThat(json.event().keySet()).containsExactly("event", "store");
      assertThat(json.event().get("event").getAsString()).isEqualTo("unlocked");
      assertThat(json.event().get("store").getAsString()).isEqualTo("the memory of this process");
      assertThat(text.out()).isEqualTo("Unlocked the memory of this process.\n");
    }
  }

  @Test
  void unlockNeedsNoServer() throws Exception {
    try (InProcessCli cli = InProcessCli.start(directory)) {
      cli.variables.keySet().removeIf(name -> name.matches("LATCHKEY_(ENTRA|ISSUER|CLIENT_ID)"));

      assertThat(cli.run("unlock", "--store", "memory").status()).isZero();
    }
  }
}
