package dev.latchkey.examples.cli.help;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.InProcessCli;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {

  /** What bash does when somebody presses Tab at the end of a line. */
  private static final String PRESS_TAB =
      """
      source "$1"
      shift
      entry=$(complete -p latchkey)
      function=${entry#*-F }
      COMP_WORDS=("$@")
      COMP_CWORD=$(($# - 1))
      COMPREPLY=()
      ${function%% *} 2>/dev/null
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

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

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void bashCompletesCommandsOptionsAndValues() throws Exception {
    Path script = directory.resolve("latchkey.bash");
    Files.writeString(script, cli.run("completion", "bash").succeeded().out());
    Files.writeString(directory.resolve("report.pdf"), "");

    assertThat(tab(script, "si")).containsExactlyInAnyOrder("sign-in", "sign-out");
    assertThat(tab(script, "accounts", "u")).containsExactly("use");
    assertThat(tab(script, "graph", "mail", "se")).containsExactly("send", "send-all");
    assertThat(tab(script, "token", "--re")).containsExactly("--refresh");
    assertThat(tab(script, "token", "--refresh", "--acc")).containsExactly("--account");
    assertThat(tab(script, "token", "--cloud", "")).containsExactly("global", "us-gov", "china");
    assertThat(tab(script, "status", "--store", "k")).containsExactly("keyring");
    assertThat(tab(script, "completion", "f")).containsExactly("fish");
    assertThat(tab(script, "graph", "put", "rep")).containsExactly("report.pdf");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void bashCompletesTheCommandsAfterHelp() throws Exception {
    Path script = directory.resolve("latchkey.bash");
    Files.writeString(script, cli.run("completion", "bash").succeeded().out());

    assertThat(tab(script, "help", "sign")).containsExactlyInAnyOrder("sign-in", "sign-out");
    assertThat(tab(script, "help", "graph", "mail", "se")).containsExactly("send", "send-all");
    assertThat(tab(script, "he")).containsExactly("help");
    assertThat(tab(script, "help", "--m")).containsExactly("--man");
  }

  /** Bash takes the equals sign for a word of its own. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void bashCompletesAValueAfterAnEqualsSignAsTheHelpWritesIt() throws Exception {
    Path script = directory.resolve("latchkey.bash");
    Files.writeString(script, cli.run("completion", "bash").succeeded().out());

    assertThat(tab(script, "token", "--cloud", "=")).containsExactly("global", "us-gov", "china");
    assertThat(tab(script, "token", "--cloud", "=", "u")).containsExactly("us-gov");
    assertThat(tab(script, "token", "--cloud", "=", "china", "--re")).containsExactly("--refresh");
  }

  private List<String> tab(Path script, String... words) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("bash", "--norc", "-c", PRESS_TAB, "bash", script.toString(), "latchkey"));
    command.addAll(List.of(words));
    Process bash =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    bash.getOutputStream().close();
    try (InputStream out = bash.getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .toList();
    }
  }

  @Test
  void zshTakesTheSameScript() throws Exception {
    String script = cli.run("completion", "zsh").succeeded().out();

    assertThat(script).isEqualTo(cli.run("completion", "bash").succeeded().out());
    assertThat(script).contains("bashcompinit");
  }

  @Test
  void fishGetsEachCommandAtItsPlaceAndEachOptionWithItsCommand() throws Exception {
    List<String> script = cli.run("completion", "fish").succeeded().out().lines().toList();

    assertThat(script)
        .contains(
            "complete -c latchkey -n '__latchkey_at command' -a graph -d 'Calls Microsoft Graph as"
                + " the account that is signed in.'",
            "complete -c latchkey -n '__latchkey_at command graph mail' -a send -d 'Sends a mail.'",
            "complete -c latchkey -n '__latchkey_at command help graph mail' -a send -d 'Sends a"
                + " mail.'",
            "complete -c latchkey -n '__latchkey_at option token' -l refresh -d 'Fetch a new token"
                + " even if the stored one is still good.'")
        .anyMatch(line -> line.contains("option token' -l cloud -r -f -a 'global us-gov china'"))
        .anyMatch(line -> line.contains("argument graph put' -F"))
        .anyMatch(line -> line.contains("option token' -s v -l verbose"))
        .anyMatch(line -> line.contains("tenant\\'s id"));
  }

  @Test
  void anotherShellIsWrongUsage() throws Exception {
    CommandResult result = cli.run("completion", "powershell");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("bash, zsh or fish, not 'powershell'");
  }
}
