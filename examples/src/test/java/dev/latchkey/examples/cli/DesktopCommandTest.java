package dev.latchkey.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.examples.fixture.CliTest;
import dev.latchkey.examples.fixture.CommandResult;
import org.junit.jupiter.api.Test;

/** What is wrong with the options is said before a window is opened. */
class DesktopCommandTest extends CliTest {

  private void withoutServer() {
    cli.variables.keySet().removeIf(name -> name.startsWith("LATCHKEY_"));
  }

  @Test
  void unknownThemeIsWrongUsage() throws Exception {
    CommandResult result = cli.run("desktop", "--theme", "blue");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("--theme must be light or dark, not 'blue'");
  }

  @Test
  void textSizeOutOfRangeIsWrongUsage() throws Exception {
    for (String size : new String[] {"99", "301", "large"}) {
      CommandResult result = cli.run("desktop", "--text-size", size);

      assertThat(result.status()).isEqualTo(2);
      assertThat(result.err()).contains("--text-size");
    }
  }

  @Test
  void storeForServersThatAreGoneSoonIsWrongUsage() throws Exception {
    withoutServer();

    CommandResult result = cli.run("desktop", "--store", "file:sessions");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("--store requires --entra or --issuer, and --client-id");
  }

  @Test
  void clientWithoutAServerIsWrongUsage() throws Exception {
    withoutServer();

    CommandResult result = cli.run("desktop", "--client-id", "some-app");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("Missing option: --entra TENANT or --issuer URL");
  }

  @Test
  void serverWithoutAClientIsWrongUsage() throws Exception {
    withoutServer();

    CommandResult result = cli.run("desktop", "--entra", "common");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("--client-id is missing");
  }
}
