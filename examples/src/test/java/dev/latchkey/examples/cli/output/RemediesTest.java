package dev.latchkey.examples.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RemediesTest {

  /** Another --app or --profile has other entries. */
  @Test
  void aRepairIsForTheSameOptions() {
    assertThat(Remedies.inCommands("Rebuild it with KeyringTokenStore.repair(), and sign in."))
        .isEqualTo("Rebuild it with 'latchkey status --repair' and the same options, and sign in.");
  }
}
