package dev.latchkey.keyring.internal.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.TokenStoreFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whom a timeout blames. */
class MachineLoadTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Test
  void aTimeoutOnABusyMachineSaysSo() {
    TokenStoreFailure failure = KeyringFailures.timedOut(LIMIT, new MachineLoad(20.4, 2));

    assertThat(failure)
        .hasMessage(
            "The keyring did not answer within 10000 ms, on a machine that is very busy (load 20 on"
                + " 2 processors).");
    assertThat(failure.remedy()).contains("less busy").doesNotContain("restart");
  }

  @Test
  void aTimeoutOnAQuietMachineBlamesTheKeyring() {
    for (MachineLoad quiet : new MachineLoad[] {new MachineLoad(3, 2), new MachineLoad(-1, 2)}) {
      TokenStoreFailure failure = KeyringFailures.timedOut(LIMIT, quiet);

      assertThat(failure).hasMessage("The keyring did not answer within 10000 ms.");
      assertThat(failure.remedy()).contains("restart the keyring");
    }
  }

  @Test
  void thisMachineHasProcessors() {
    assertThat(MachineLoad.now().processors()).isPositive();
  }
}
