package dev.latchkey.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.examples.fixture.CliTest;
import dev.latchkey.examples.fixture.CommandResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  void whatIsMeantForAServerIsWrongUsageWithoutOne() throws Exception {
    withoutServer();
    for (String[] typed :
        new String[][] {{"--store", "file:sessions"}, {"--app", "mine"}, {"--exact-scope"}}) {
      List<String> args = new ArrayList<>(List.of("desktop"));
      args.addAll(List.of(typed));

      CommandResult result = cli.run(args.toArray(String[]::new));

      assertThat(result.status()).isEqualTo(2);
      assertThat(result.err())
          .contains(typed[0] + " requires --entra or --issuer, and --client-id");
    }
  }

  @Test
  void profileWithoutAServerIsWrongUsage() throws Exception {
    withoutServer();
    Path config = Path.of(cli.variables.get("XDG_CONFIG_HOME")).resolve("latchkey/config");
    Files.createDirectories(config.getParent());
    Files.writeString(config, "[work]\napp = mine\n");

    CommandResult result = cli.run("desktop", "--profile", "work");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("--profile requires --entra or --issuer, and --client-id");
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
