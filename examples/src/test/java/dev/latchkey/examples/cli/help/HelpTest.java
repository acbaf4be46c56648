package dev.latchkey.examples.cli.help;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.InProcessCli;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {

  private static final List<String> COMMANDS =
      List.of("", "sign-in", "accounts", "accounts use", "graph", "graph mail send", "completion");

  @TempDir Path directory;
  private InProcessCli cli;

  @BeforeEach
  void start() {
    cli = InProcessCli.start(directory);
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  private String help(int columns, String command) throws Exception {
    return cli.runAtWidth(columns, ("help " + command).strip().split(" ")).succeeded().out();
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 80, 200})
  void helpIsAsWideAsTheTerminalAndBreaksNoWord(int columns) throws Exception {
    for (String command : COMMANDS) {
      String help = help(columns, command);

      assertThat(help.lines())
          .as("%s", help)
          .allMatch(line -> line.length() <= columns || !line.strip().contains(" "));
      assertThat(help.split("\\s+")).containsExactly(help(1000, command).split("\\s+"));
    }
  }

  @Test
  void wideTerminalIsUsed() throws Exception {
    assertThat(help(200, "sign-in").lines()).anyMatch(line -> line.length() > 100);
  }

  @Test
  void optionsOfTheCommandComeFirstAndThoseOfEveryCommandLast() throws Exception {
    assertThat(help(80, "token"))
        .containsSubsequence(
            "Usage: latchkey token [OPTIONS]\n",
            "\nOptions:\n",
            "--refresh",
            "--claims=JSON",
            "\nServer, account and store:\n",
            "--entra=TENANT",
            "--profile=NAME",
            "\nGeneral:\n",
            "--json",
            "-v, --verbose",
            "-h, --help");
    assertThat(help(80, "graph ls")).containsSubsequence("Arguments:", "Options:", "--drive=ID");
  }

  @Test
  void helpOfACommandIsTheSameInBothSpellings() throws Exception {
    for (String command : COMMANDS) {
      String[] asOption = (command + " --help").strip().split(" ");

      assertThat(cli.run(asOption).succeeded().out()).isEqualTo(help(80, command));
    }
  }

  @Test
  void requiredOptionsAndArgumentsAreInTheSynopsis() throws Exception {
    assertThat(help(200, "graph mail send"))
        .startsWith("Usage: latchkey graph mail send [OPTIONS] --to=ADDRESS --subject=TEXT TEXT\n");
    assertThat(help(200, "accounts use"))
        .startsWith("Usage: latchkey accounts use [OPTIONS] ID|USERNAME\n");
    assertThat(help(200, "accounts")).startsWith("Usage: latchkey accounts [OPTIONS] [COMMAND]\n");
    assertThat(help(200, "help")).startsWith("Usage: latchkey help [OPTIONS] [COMMAND...]\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sing-in            | There is no command 'sing-in'    | 'latchkey sign-in'?",
        "signin             | There is no command 'signin'     | 'latchkey sign-in'?",
        "sign               | There is no command 'sign'       | 'latchkey sign-in' or",
        "grpah ls           | There is no command 'grpah'      | 'latchkey graph'?",
        "graph lss          | There is no command 'graph lss'  | 'latchkey graph ls'?",
        "graph task         | There is no command 'graph task' | 'latchkey graph tasks'",
        "accounts ues x     | There is no command 'accounts ues' | 'latchkey accounts use'?",
        "help tokn          | There is no command 'tokn'       | 'latchkey token'?",
        "help graph mail lst| There is no command 'graph mail lst' | 'latchkey graph mail list'?",
        "token --refesh     | Unknown option: '--refesh'       | Did you mean --refresh? Try",
        "token --acount=x   | Unknown option: '--acount=x'     | Did you mean --account? Try",
        "--json token       | Unknown option: '--json'         | Options come after the command.",
      })
  void mistypedCommandsAndOptionsAreReportedWithWhatWasMeant(
      String line, String message, String remedy) throws Exception {
    CommandResult result = cli.run(line.split(" "));

    assertThat(result.status()).isEqualTo(2);
    if (line.contains("--json")) {
      assertThat(result.event().get("message").getAsString()).isEqualTo(message);
      assertThat(result.event().get("remedy").getAsString()).contains(remedy);
    } else {
      assertThat(result.err()).startsWith("latchkey: " + message + "\n").contains(remedy);
    }
  }

  @Test
  void nothingIsSuggestedForAWordThatIsLikeNoCommand() throws Exception {
    assertThat(cli.run("frobnicate").err()).doesNotContain("Did you mean");
    assertThat(cli.run("token", "--nonsense").err()).doesNotContain("Did you mean");
  }
}
