package dev.latchkey.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trouble with local files is told by the names that were given, with what to do. */
class LocalFilesTest {

  @TempDir Path directory;
  private Cli cli;

  @BeforeEach
  void signIn() throws Exception {
    cli = Cli.start(directory);
    cli.variables.put("LATCHKEY_GRAPH_URL", cli.server.graph().url().toString());
    cli.signIn(Cli.ADELE, "--scope", "User.Read Files.ReadWrite Mail.ReadWrite Mail.Send");
    cli.server.graph().drive(Cli.ADELE).addFile("Reports/a.txt", "hello");
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  @Test
  void downloadIntoADirectoryThatIsNotThereNamesTheDirectory() throws Exception {
    String nowhere = directory.resolve("no/x").toString();

    JsonObject event = localFile(cli.run("graph", "get", "/Reports/a.txt", nowhere, "--json"));

    assertThat(message(event))
        .isEqualTo(nowhere + ": there is no directory " + directory.resolve("no"));
    assertThat(remedy(event)).contains("Make it first");
    assertThat(cli.server.graph().requests()).isEmpty();
  }

  @Test
  void stateThatIsADirectoryIsRefusedBeforeTheFirstRequest() throws Exception {
    Result result = cli.run("graph", "delta", "--state", directory.toString(), "--json");

    assertThat(message(localFile(result))).isEqualTo("--state " + directory + " is a directory");
    assertThat(remedy(result.event())).contains("Name a file in it");
    assertThat(cli.server.graph().requests()).isEmpty();
  }

  @Test
  void stateInADirectoryThatIsNotThereIsRefusedBeforeTheFirstRequest() throws Exception {
    String state = directory.resolve("no/x.link").toString();

    Result result = cli.run("graph", "delta", "--state", state, "--json");

    assertThat(message(localFile(result))).contains(state, "there is no directory");
    assertThat(cli.server.graph().requests()).isEmpty();
  }

  @Test
  void mirrorThatIsAFileIsRefused() throws Exception {
    Path file = Files.writeString(directory.resolve("a.txt"), "x");

    Result result = cli.run("graph", "sync", "/Reports", file.toString(), "--json");

    assertThat(message(localFile(result))).isEqualTo(file + " is no directory");
    assertThat(remedy(result.event())).contains("Name a directory");
    assertThat(cli.server.graph().requests()).isEmpty();
  }

  @Test
  void mirrorBeneathAFileNamesTheMirrorAndWhatToDo() throws Exception {
    Path file = Files.writeString(directory.resolve("a.txt"), "x");

    Result result = cli.run("graph", "sync", "/Reports", file.resolve("b").toString(), "--json");

    assertThat(message(localFile(result))).contains("the mirror in " + file.resolve("b") + ": ");
    assertThat(remedy(result.event())).contains("Check that the path is right");
  }

  @Test
  void journalThatIsAFileIsNamed() throws Exception {
    Path file = Files.writeString(directory.resolve("journal"), "x");
    Path mails = directory.resolve("mails");
    String[] send = {
      "graph", "mail", "send", "--to", "b@c.example", "--subject", "s", "--once", "k", "text"
    };
    String[] all = new String[send.length + 3];
    System.arraycopy(send, 0, all, 0, send.length);
    all[send.length] = "--journal";
    all[send.length + 1] = file.toString();
    all[send.length + 2] = "--json";

    JsonObject journal = localFile(cli.run(all));
    JsonObject missing =
        localFile(
            cli.run("graph", "mail", "send-all", mails.toString(), "--journal", "x", "--json"));

    assertThat(message(journal)).contains("the journal " + file);
    assertThat(message(missing))
        .isEqualTo("Could not read " + mails + ": no such file or directory");
    assertThat(cli.server.graph().mailbox(Cli.ADELE).sent()).isEmpty();
  }

  private static JsonObject localFile(Result result) {
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
