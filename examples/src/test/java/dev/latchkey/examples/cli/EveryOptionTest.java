package dev.latchkey.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.examples.cli.command.OptionDefaults;
import dev.latchkey.examples.cli.terminal.Interrupts;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.examples.cli.terminal.Terminal;
import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.InProcessCli;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class EveryOptionTest {

  @TempDir Path directory;

  @Test
  void everyOptionOfEveryCommandReadsItsVariable() {
    Map<String, String> variables = new HashMap<>();
    variables.put("XDG_CONFIG_HOME", directory.toString());
    CommandSpec root = Latchkey.commands(shell()).getCommandSpec();
    commands(root)
        .flatMap(command -> command.options().stream())
        .forEach(option -> variables.put(variable(option), "1"));

    OptionDefaults defaults = OptionDefaults.of(without(variables, "LATCHKEY_PROFILE"), root);

    commands(root)
        .flatMap(command -> command.options().stream())
        .filter(option -> !option.usageHelp() && !option.versionHelp())
        .filter(option -> !option.longestName().equals("--profile")) // read before the others
        .filter(option -> !option.longestName().equals("--verbose")) // OptionsTest has it
        .forEach(
            option ->
                assertThat(defaults.defaultValue(option)).as(option.longestName()).isNotNull());
  }

  @Test
  void optionsThatMayBeRepeatedAndThoseThatBelongTogetherReadTheirVariablesToo() throws Exception {
    try (InProcessCli cli = InProcessCli.start(directory)) {
      cli.variables.put("LATCHKEY_GRAPH_URL", cli.server.graph().url().toString());
      cli.signIn(InProcessCli.ADELE, "--scope", "Mail.ReadWrite Mail.Send");
      cli.variables.put("LATCHKEY_TO", "ann@example.com");
      cli.variables.put("LATCHKEY_SUBJECT", "Invoice");
      cli.variables.put("LATCHKEY_JOURNAL", directory.resolve("sent").toString());

      CommandResult once = cli.run("graph", "mail", "send", "--once", "k", "text").succeeded();
      CommandResult again = cli.run("graph", "mail", "send", "--once", "k", "text").succeeded();
      CommandResult simply = cli.run("graph", "mail", "send", "text").succeeded();

      assertThat(once.out()).isEqualTo("The mail was sent to ann@example.com.\n");
      assertThat(again.out()).startsWith("Nothing was sent");
      assertThat(simply.out()).isEqualTo("The mail was sent to ann@example.com.\n");
    }
  }

  private static Map<String, String> without(Map<String, String> variables, String name) {
    variables.remove(name);
    return variables;
  }

  private static String variable(OptionSpec option) {
    return "LATCHKEY_"
        + option.longestName().substring(2).toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static Stream<CommandSpec> commands(CommandSpec command) {
    return Stream.concat(
        Stream.of(command),
        command.subcommands().values().stream()
            .map(CommandLine::getCommandSpec)
            .flatMap(EveryOptionTest::commands));
  }

  private static Shell shell() {
    PrintStream none =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return new Shell(Map.of(), none, none, StandardCharsets.UTF_8, Terminal.NONE, new Interrupts());
  }
}
