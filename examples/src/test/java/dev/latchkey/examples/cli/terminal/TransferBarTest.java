package dev.latchkey.examples.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.InProcessCli;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransferBarTest {

  private static final int SIZE = 6 << 20;

  @TempDir Path directory;
  private InProcessCli cli;
  private Path local;

  @BeforeEach
  void signIn() throws Exception {
    cli = InProcessCli.start(directory);
    cli.variables.put("LATCHKEY_GRAPH_URL", cli.server.graph().url().toString());
    cli.signIn(InProcessCli.ADELE, "--scope", "User.Read Files.ReadWrite");
    cli.server.graph().drive(InProcessCli.ADELE).addGeneratedFile("there.bin", SIZE);
    local = Files.write(directory.resolve("here.bin"), new byte[SIZE]);
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  @Test
  void transfersShowTheirProgressOnATerminal() throws Exception {
    CommandResult put = cli.runWithTerminal("graph", "put", local.toString(), "/");
    CommandResult get =
        cli.runWithTerminal("graph", "get", "/there.bin", directory.toString(), "--json");

    assertThat(put.succeeded().out()).isEqualTo(local + " was uploaded as here.bin.\n");
    assertThat(put.err()).contains("here.bin", "100%", "6/6 MiB");
    assertThat(get.succeeded().event().get("event").getAsString()).isEqualTo("downloaded");
    assertThat(get.err()).contains("there.bin", "100%", "6/6 MiB");
  }

  /** A bar that is wider than the terminal fills it with a line at each step. */
  @ParameterizedTest
  @ValueSource(ints = {40, 80, 200})
  void barFitsTheTerminalHoweverLongTheNameIs(int columns) throws Exception {
    Path named = Files.move(local, directory.resolve("a long name ".repeat(10) + ".bin"));

    CommandResult put = cli.runAtWidth(columns, "graph", "put", named.toString(), "/");

    assertThat(put.succeeded().err()).contains("a long name", "100%");
    assertThat(put.err().replaceAll("\u001b\\[[0-9;]*m", "").split("[\r\n]+"))
        .allMatch(line -> line.length() < columns);
  }

  @Test
  void transfersAreSilentWithoutATerminal() throws Exception {
    CommandResult put = cli.run("graph", "put", local.toString(), "/").succeeded();
    CommandResult get = cli.run("graph", "get", "/there.bin", directory.toString()).succeeded();

    assertThat(put.err()).isEmpty();
    assertThat(get.err()).isEmpty();
    assertThat(put.out()).hasLineCount(1);
    assertThat(get.out()).hasLineCount(1);
  }
}
