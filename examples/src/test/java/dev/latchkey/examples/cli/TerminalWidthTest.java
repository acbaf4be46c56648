package dev.latchkey.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.Eventually;
import dev.latchkey.examples.fixture.InProcessCli;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.Fault;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalWidthTest {

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

  @ParameterizedTest
  @ValueSource(ints = {40, 80, 200})
  void textFitsTheTerminalWithItsWordsWhole(int columns) throws Exception {
    String[] signIn = {"sign-in", "--no-browser"};
    cli.server.approveNext(InProcessCli.ADELE);
    CommandResult signedIn = cli.runAtWidth(columns, signIn).succeeded();
    CommandResult status = cli.runAtWidth(columns, "status").succeeded();
    CommandResult accounts = cli.runAtWidth(columns, "accounts").succeeded();
    CommandResult error = cli.runAtWidth(columns, "token", "--account", "nobody");

    for (CommandResult each : List.of(signedIn, status, accounts, error)) {
      assertThat((each.out() + each.err()).lines())
          .allMatch(line -> line.length() <= columns || !line.strip().contains(" "));
    }
    assertThat(words(status.out())).isEqualTo(words(cli.run("status").out()));
    assertThat(words(accounts.out())).isEqualTo(words(cli.run("accounts").out()));
    assertThat(words(error.err())).isEqualTo(words(cli.run("token", "--account", "nobody").err()));
  }

  @Test
  void userCodeWithSpacesStaysOnOneLineAtAnyWidth() throws Exception {
    for (int columns = 40; columns < 90; columns++) {
      cli.server.fail(
          Fault.rewrite(
                  body ->
                      body.replaceAll("\"user_code\":\"[^\"]*\"", "\"user_code\":\"AB CD EF\"")
                          .replaceAll("enter the code [A-Z0-9]+", "enter the code AB CD EF"))
              .to(Endpoint.DEVICE_AUTHORIZATION));
      InProcessCli.Running running = cli.beginAtWidth(columns, "sign-in", "--no-browser");
      Eventually.isTrue(() -> running.err().contains("Ctrl-C"), "the prompt is shown");
      running.interrupt();

      assertThat(running.finish().err().lines())
          .as("%d", columns)
          .anyMatch(line -> line.contains("AB CD EF"));
    }
  }

  @Test
  void qrCodeThatTheTerminalIsTooNarrowForIsLeftOut() throws Exception {
    cli.server.approveEvery(InProcessCli.ADELE);

    assertThat(cli.runAtWidth(80, "sign-in", "--no-browser").succeeded().err()).contains("\u2588");
    assertThat(cli.runAtWidth(20, "sign-in", "--no-browser").succeeded().err())
        .doesNotContain("\u2588");
    assertThat(cli.run("sign-in", "--no-browser").succeeded().err()).contains("\u2588");
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 80, 200})
  void tokenAndJsonAreNeverBroken(int columns) throws Exception {
    cli.signIn(InProcessCli.ADELE);

    assertThat(cli.runAtWidth(columns, "token").succeeded().out()).hasLineCount(1);
    assertThat(cli.runAtWidth(columns, "status", "--json").succeeded().events()).hasSize(1);
  }

  private static List<String> words(String text) {
    return Arrays.asList(text.strip().split("\\s+"));
  }
}
