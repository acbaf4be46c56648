package dev.latchkey.examples.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.InProcessCli;
import dev.latchkey.graph.mail.SendJournal;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Errors with local files name the file as it was typed, and a remedy. */
class LocalFileErrorsTest {

  @TempDir Path directory;
  private InProcessCli cli;

  @BeforeEach
  void signIn() throws Exception {
    cli = InProcessCli.start(directory);
    cli.variables.put("LATCHKEY_GRAPH_URL", cli.server.graph().url().toString());
    cli.signIn(InProcessCli.ADELE, "--scope", "User.Read Files.ReadWrite Mail.ReadWrite Mail.Send");
    cli.server.graph().drive(InProcessCli.ADELE).addFile("Reports/a.txt", "hello");
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  @Test
  void downloadIntoAMissingDirectoryNamesTheDirectory() throws Exception {
    String nowhere = directory.resolve("no/x").toString();

    JsonObject event = localFile(cli.run("graph", "get", "/Reports/a.txt", nowhere, "--json"));

    assertThat(message(event))
        .isEqualTo(nowhere + ": there is no directory " + directory.resolve("no"));
    assertThat(remedy(event)).contains("Create it first");
    assertThat(cli.server.graph().requests()).isEmpty();
  }

  @Test
  void stateThatIsADirectoryIsRejectedBeforeTheFirstRequest() throws Exception {
    CommandResult result = cli.run("graph", "delta", "--state", directory.toString(), "--json");

    assertThat(message(localFile(result))).isEqualTo("--state " + directory + " is a directory");
    assertThat(remedy(result.event())).contains("Name a file in the directory");
    assertThat(cli.server.graph().requests()).isEmpty();
  }

  @Test
  void stateInAMissingDirectoryIsRejectedBeforeTheFirstRequest() throws Exception {
    String state = directory.resolve("no/x.link").toString();

    CommandResult result = cli.run("graph", "delta", "--state", state, "--json");

    assertThat(message(localFile(result))).contains(state, "there is no directory");
    assertThat(cli.server.graph().requests()).isEmpty();
  }

  @Test
  void mirrorThatIsAFileIsRejected() throws Exception {
    Path file = Files.writeString(directory.resolve("a.txt"), "x");

    CommandResult result = cli.run("graph", "sync", "/Reports", file.toString(), "--json");

    assertThat(message(localFile(result))).isEqualTo(file + " is not a directory");
    assertThat(remedy(result.event())).contains("Name a directory");
    assertThat(cli.server.graph().requests()).isEmpty();
  }

  @Test
  void mirrorBelowAFileIsReportedWithTheRemedy() throws Exception {
    Path file = Files.writeString(directory.resolve("a.txt"), "x");

    CommandResult result =
        cli.run("graph", "sync", "/Reports", file.resolve("b").toString(), "--json");

    assertThat(message(localFile(result))).contains("the mirror in " + file.resolve("b") + ": ");
    assertThat(remedy(result.event())).contains("Check that the path is right");
  }

  @Test
  void journalThatIsAFileIsNamed() throws Exception {
    Path file = Files.writeString(directory.resolve("journal"), "x");
    Path mails = directory.resolve("mails");

    JsonObject journal = localFile(sendOnce(file));
    JsonObject missing =
        localFile(
            cli.run("graph", "mail", "send-all", mails.toString(), "--journal", "x", "--json"));

    assertThat(message(journal)).contains("the journal " + file);
    assertThat(message(missing))
        .isEqualTo("Could not read " + mails + ": no such file or directory");
    assertThat(cli.server.graph().mailbox(InProcessCli.ADELE).sent()).isEmpty();
  }

  @Test
  void damagedJournalIsNamedAndNothingIsSent() throws Exception {
    Path journal = directory.resolve("journal");
    Path mails = directory.resolve("mails");
    Files.writeString(
        mails, "{\"key\":\"k\",\"to\":[\"b@c.example\"],\"subject\":\"s\",\"text\":\"x\"}\n");
    String[] sendAll = {
      "graph", "mail", "send-all", mails.toString(), "--journal", journal.toString(), "--json"
    };
    String entry = null;

    for (String damaged : List.of("", "{\"draft\":\"d\",\"attempted\":\"yesterday\"}")) {
      SendJournal.in(journal).replace("k", entry, damaged);
      entry = damaged;
      for (CommandResult result : List.of(sendOnce(journal), cli.run(sendAll))) {
        assertThat(message(localFile(result)))
            .startsWith("Could not use the journal " + journal + ": an entry is damaged: ");
        assertThat(remedy(result.event()))
            .contains("check the folder of sent mail", "another journal");
      }
    }

    assertThat(cli.server.graph().requests()).isEmpty();
  }

  @Test
  void otherFailuresWhileSendingAreNotBlamedOnTheJournal() {
    CancellationException interrupted = new CancellationException();
    interrupted.initCause(new ClosedByInterruptException());
    IllegalStateException bug = new IllegalStateException("a wait failed");

    for (RuntimeException failure : List.of(interrupted, bug)) {
      assertThatThrownBy(
              () ->
                  LocalFileErrors.withJournal(
                      directory,
                      () -> {
                        throw failure;
                      }))
          .isSameAs(failure);
    }
  }

  private CommandResult sendOnce(Path journal) throws Exception {
    return cli.run(
        "graph",
        "mail",
        "send",
        "--to",
        "b@c.example",
        "--subject",
        "s",
        "--once",
        "k",
        "--journal",
        journal.toString(),
        "--json",
        "text");
  }

  private static JsonObject localFile(CommandResult result) {
    assertThat(result.status()).as(result.out()).isEqualTo(1);
    assertThat(result.event().get("type").getAsString()).isEqualTo("LocalFile");
    return result.event();
  }

  private static String message(JsonObject event) {
    return event.get("message").getAsString();
  }

  private static String remedy(JsonObject event) {
    return event.get("remedy").getAsString();
  }
}
