package dev.latchkey.examples.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.examples.fixture.CliTest;
import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.InProcessCli;
import org.junit.jupiter.api.Test;

/** Outside a UTF-8 locale Java replaces each byte of a letter beyond ASCII. */
class ArgumentEncodingTest extends CliTest {

  @Test
  void replacementCharactersAreNotPostedButRefusedWithTheRemedy() throws Exception {
    cli.server.graph().addTeam("Locksmiths", InProcessCli.ADELE);
    cli.variables.put("LATCHKEY_GRAPH_URL", cli.server.graph().url().toString());

    CommandResult text =
        cli.run("graph", "post", "Locksmiths", "General", "Gr\ufffd\ufffd\ufffd\ufffde");
    CommandResult json = cli.run("graph", "mail", "list", "--filter", "\ufffd", "--json");

    assertThat(text.status()).isEqualTo(2);
    assertThat(text.err())
        .contains("could not read all letters of the argument 'Gr", "LC_ALL=C.UTF-8")
        .hasLineCount(2);
    assertThat(json.status()).isEqualTo(2);
    assertThat(json.event().get("type").getAsString()).isEqualTo("WrongUsage");
    assertThat(json.event().get("remedy").getAsString()).contains("LC_ALL=C.UTF-8");
    assertThat(cli.server.graph().requests()).isEmpty();
  }

  @Test
  void variablesThatJavaCouldNotReadAreRefusedByNameOnly() throws Exception {
    cli.variables.put("LATCHKEY_FILE_KEY", "half a key \ufffd");
    cli.variables.put("OTHER", "\ufffd");

    CommandResult result = cli.run("accounts");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .contains("the variable LATCHKEY_FILE_KEY")
        .doesNotContain("half a key");
  }

  @Test
  void otherVariablesMayHoldAnything() throws Exception {
    cli.variables.put("OTHER", "\ufffd");

    cli.run("accounts").succeeded();
  }
}
