package dev.latchkey.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.DriveCliTest;
import dev.latchkey.examples.fixture.InProcessCli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A command whose output is lost does not report success, whatever it did. */
class LostOutputTest extends DriveCliTest {

  @Test
  void tokenThatCouldNotBeWrittenIsAFailure() throws Exception {
    CommandResult text = cli.runWithRoomFor(0, "token");
    CommandResult json = cli.runWithRoomFor(10, "token", "--json");

    assertThat(text.status()).isEqualTo(1);
    assertThat(text.err()).contains("standard output could not be written").hasLineCount(2);
    assertThat(json.status()).isEqualTo(1);
    assertThat(json.err()).contains("standard output could not be written").hasLineCount(2);
  }

  @Test
  void helpThatCouldNotBeWrittenIsAFailure() throws Exception {
    assertThat(cli.runWithRoomFor(0, "graph", "ls", "--help").status()).isEqualTo(1);
  }

  @Test
  void errorThatCouldNotBeWrittenAsJsonGoesToStandardError() throws Exception {
    CommandResult result = cli.runWithRoomFor(0, "token", "--json", "--account", "nobody");

    assertThat(result.status()).isEqualTo(10);
    assertThat(result.err()).contains("nobody is not signed in");
  }

  @Test
  void changesThatCouldNotBeWrittenAreListedAgain() throws Exception {
    String state = directory.resolve("p.link").toString();
    cli.run("graph", "delta", "--state", state).succeeded();
    String before = Files.readString(Path.of(state));
    drive.addFile("one.txt", "1");
    drive.addFile("two.txt", "2");

    CommandResult lost = cli.runWithRoomFor(300, "graph", "delta", "--state", state, "--json");
    String after = Files.readString(Path.of(state));
    List<JsonObject> again =
        cli.run("graph", "delta", "--state", state, "--json").succeeded().events();

    assertThat(lost.status()).isEqualTo(1);
    assertThat(lost.err()).contains("could not be written", state + " was not changed");
    assertThat(after).isEqualTo(before);
    assertThat(again)
        .extracting(event -> event.get("name").getAsString())
        .contains("one.txt", "two.txt");
  }

  @Test
  void firstListingThatCouldNotBeWrittenLeavesNoState() throws Exception {
    drive.addFile("one.txt", "1");
    Path state = directory.resolve("p.link");

    CommandResult lost = cli.runWithRoomFor(0, "graph", "delta", "--state", state.toString());

    assertThat(lost.status()).isEqualTo(1);
    assertThat(state).doesNotExist();
  }

  @Test
  void readerThatHasSeenEnoughIsNoFailureToReport() throws Exception {
    drive.addManyItems("Many", 1000);

    for (String[] args :
        new String[][] {
          {"token", "--json"},
          {"status"},
          {"help"},
          {"graph", "ls", "/Many", "--json"},
          {"graph", "delta", "--json"},
        }) {
      CommandResult cut = cli.runWithReaderOf(10, args);

      assertThat(cut.status()).as("%s", (Object) args).isEqualTo(141);
      assertThat(cut.err()).as("%s", (Object) args).isEmpty();
    }
    assertThat(cli.server.graph().requests("GET", "children")).hasSize(1);
  }

  @Test
  void errorIsReportedEvenIfNobodyReadsStandardOutput() throws Exception {
    CommandResult failed = cli.runWithReaderOf(0, "token", "--account", "nobody", "--json");

    assertThat(failed.status()).isEqualTo(10);
    assertThat(failed.err()).contains("nobody is not signed in");
  }

  @Test
  void changesThatNobodyReadAreListedAgain() throws Exception {
    String state = directory.resolve("p.link").toString();
    drive.addFile("one.txt", "1");

    CommandResult cut = cli.runWithReaderOf(10, "graph", "delta", "--state", state);

    assertThat(cut.status()).isEqualTo(141);
    assertThat(Path.of(state)).doesNotExist();
  }

  @Test
  void listingStopsWhenItsReaderIsGone() throws Exception {
    drive.addManyItems("Many", 1000);

    CommandResult lost = cli.runWithRoomFor(100, "graph", "ls", "/Many");

    assertThat(lost.status()).isEqualTo(1);
    assertThat(cli.server.graph().requests("GET", "children")).hasSize(1);
  }

  @Test
  void allAccountsAreSignedOutEvenIfTheOutputIsLost() throws Exception {
    cli.signIn(InProcessCli.BRUNO);

    CommandResult lost = cli.runWithRoomFor(0, "sign-out", "--all");

    assertThat(lost.status()).isEqualTo(1);
    assertThat(cli.run("accounts", "--json").succeeded().out()).isEmpty();
  }
}
