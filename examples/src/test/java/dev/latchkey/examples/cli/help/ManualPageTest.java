package dev.latchkey.examples.cli.help;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.InProcessCli;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManualPageTest {

  @TempDir Path directory;
  private InProcessCli cli;
  private Path pages;

  @BeforeEach
  void start() {
    cli = InProcessCli.start(directory);
    pages = directory.resolve("share/man1");
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  @Test
  void everyCommandHasItsPage() throws Exception {
    cli.run("help", "--man", pages.toString()).succeeded();

    assertThat(pages.toFile().list())
        .contains("latchkey.1", "latchkey-sign-in.1", "latchkey-accounts-use.1")
        .contains("latchkey-graph-mail-send-all.1", "latchkey-help.1");
    for (String page : pages.toFile().list()) {
      assertThat(Files.readString(pages.resolve(page)))
          .startsWith(".TH \"LATCHKEY")
          .containsSubsequence(".SH \"NAME\"", ".SH \"SYNOPSIS\"", ".SH \"DESCRIPTION\"");
    }
  }

  @Test
  void pageSaysWhatTheHelpSays() throws Exception {
    cli.run("help", "graph", "mail", "--man", pages.toString()).succeeded();
    String page = Files.readString(pages.resolve("latchkey-graph-mail-list.1"));

    assertThat(page)
        .contains("latchkey\\-graph\\-mail\\-list \\- Lists mail, newest first.\n")
        .containsSubsequence(".SH \"OPTIONS\"", ".TP\n\\fB\\-\\-folder=ID|NAME\\fR\n")
        .containsSubsequence(".SH \"SEE ALSO\"", "latchkey\\-graph\\-mail(1)");
    assertThat(pages.toFile().list()).hasSize(6);
  }

  @Test
  void directoryThatCannotBeWrittenIsReported() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");

    CommandResult result = cli.run("help", "--man", file.toString());

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("Could not write manual pages to " + file);
  }
}
