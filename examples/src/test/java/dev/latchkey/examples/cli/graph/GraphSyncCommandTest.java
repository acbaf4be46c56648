package dev.latchkey.examples.cli.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.InProcessCli;
import dev.latchkey.testkit.FakeDrive;
import dev.latchkey.testkit.Fault;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphSyncCommandTest {

  @TempDir Path directory;
  private InProcessCli cli;
  private FakeDrive drive;
  private String mirror;

  @BeforeEach
  void signIn() throws Exception {
    cli = InProcessCli.start(directory);
    cli.variables.put("LATCHKEY_GRAPH_URL", cli.server.graph().url().toString());
    cli.signIn(InProcessCli.ADELE, "--scope", "Files.ReadWrite");
    drive = cli.server.graph().drive(InProcessCli.ADELE);
    drive.addFile("Reports/a.txt", "a");
    drive.addFile("Reports/b.txt", "b");
    mirror = directory.resolve("mirror").toString();
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  @Test
  void itemsThatGraphRefusesAreNamedCountedAndTheStatusIs19() throws Exception {
    cli.server.fail(Fault.status(423).always().to("GET", "/content$"));

    CommandResult json = cli.run("graph", "sync", "/Reports", mirror, "--json");
    CommandResult text = cli.run("graph", "sync", "/Reports", mirror);

    List<JsonObject> events = json.events();
    assertThat(json.status()).isEqualTo(19);
    assertThat(events).hasSize(3);
    assertThat(events.get(0).keySet()).containsExactly("event", "what", "path", "reason");
    assertThat(events.get(0).get("event").getAsString()).isEqualTo("synced");
    assertThat(events.get(0).get("what").getAsString()).isEqualTo("left_out");
    assertThat(events.get(0).get("path").getAsString()).isEqualTo("a.txt");
    assertThat(events.get(0).get("reason").getAsString()).contains("HTTP 423");
    assertThat(events.get(2).get("type").getAsString()).isEqualTo("Conflict");
    assertThat(events.get(2).get("message").getAsString())
        .startsWith("2 items were left out of the mirror: the first of them a.txt, ");
    assertThat(events.get(2).get("remedy").getAsString())
        .contains("the next run tries these again");
    assertThat(text.status()).isEqualTo(19);
    assertThat(text.out()).contains("left out a.txt: ", "left out b.txt: ");
    assertThat(text.err()).startsWith("latchkey: 2 items were left out").hasLineCount(2);
  }

  @Test
  void namesThatTheDiskCannotHoldAreALocalProblem() throws Exception {
    drive.addFile("Reports/" + "x".repeat(300), "lost");

    CommandResult result = cli.run("graph", "sync", "/Reports", mirror, "--json");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.events())
        .extracting(event -> event.get("event").getAsString())
        .containsExactly("synced", "synced", "synced", "error");
    assertThat(result.lastEvent().get("type").getAsString()).isEqualTo("LocalFile");
    assertThat(result.lastEvent().get("message").getAsString()).startsWith("1 item was left out");
  }
}
