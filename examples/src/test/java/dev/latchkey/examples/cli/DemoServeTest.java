package dev.latchkey.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.Eventually;
import dev.latchkey.examples.fixture.InProcessCli;
import dev.latchkey.examples.fixture.PromptReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoServeTest {

  private static final Pattern EXPORT = Pattern.compile("  export (\\w+)=(?:'([^']*)'|(\\S*))");

  @TempDir Path directory;
  private InProcessCli cli;

  @BeforeEach
  void start() {
    cli = InProcessCli.start(directory);
    cli.variables.clear();
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  @Test
  void exportedVariablesSufficeForEveryGraphCommand() throws Exception {
    Path stores = directory.resolve("stores");
    InProcessCli.Running demo = cli.begin("demo", "--serve", "--directory", stores.toString());
    Eventually.isTrue(() -> demo.out().endsWith("the files of the team\n"), "all is told");
    cli.variables.putAll(exports(demo.out()));
    String site = said(demo.out(), "--site (\\S+)");
    String drive = said(demo.out(), "--drive ([^\\s,]+)");
    Path local = Files.writeString(directory.resolve("report.txt"), "x");
    Path copy = directory.resolve("copy.txt");
    Path mails = directory.resolve("mails");
    Files.writeString(
        mails, "{\"key\":\"1\",\"to\":[\"a@b.example\"],\"subject\":\"x\",\"text\":\"x\"}\n");
    String journal = directory.resolve("journal").toString();

    InProcessCli.Running signIn = cli.begin("sign-in", "--no-browser");
    Eventually.isTrue(() -> signIn.err().contains("Ctrl-C cancels"), "the code is shown");
    new PromptReader(signIn.err()).approve(InProcessCli.ADELE);
    signIn.finish().succeeded();

    cli.run("status").succeeded();
    cli.run("token", "--refresh").succeeded();
    cli.run("graph", "me").succeeded();
    cli.run("graph", "put", local.toString(), "/Reports/").succeeded();
    cli.run("graph", "get", "/Reports/report.txt", copy.toString()).succeeded();
    cli.run("graph", "delta", "--state", directory.resolve("link").toString()).succeeded();
    cli.run("graph", "sync", "/Reports", directory.resolve("mirror").toString()).succeeded();
    cli.run("graph", "post", "Locksmiths", "Workshop", "Hello").succeeded();
    assertThat(cli.run("graph", "ls", "/", "--site", site).succeeded().out()).contains("Price");
    assertThat(cli.run("graph", "ls", "/", "--drive", drive).succeeded().out())
        .contains("Workshop/");
    CommandResult tasks = cli.run("graph", "tasks", "--json").succeeded();
    assertThat(tasks.out()).contains("Cut the key");
    cli.run("graph", "task-done", id(tasks)).succeeded();
    CommandResult inbox = cli.run("graph", "mail", "list", "--json").succeeded();
    assertThat(inbox.out()).contains("The plan");
    cli.run("graph", "mail", "reply", id(inbox), "Yes").succeeded();
    cli.run("graph", "mail", "move", id(inbox), "archive").succeeded();
    cli.run("graph", "mail", "send", "--to", "a@b.example", "--subject", "x", "x").succeeded();
    cli.run("graph", "mail", "send-all", mails.toString(), "--journal", journal).succeeded();

    demo.interrupt();
    assertThat(demo.finish().status()).isEqualTo(130);
    try (Stream<Path> left = Files.list(stores)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void jsonHasTheSameContent() throws Exception {
    InProcessCli.Running demo = cli.begin("demo", "--serve", "--json");
    Eventually.isTrue(() -> demo.out().endsWith("\n"), "all is told");
    JsonObject event = new Gson().fromJson(demo.out(), JsonObject.class);
    demo.interrupt();
    demo.finish();

    assertThat(event.keySet())
        .containsExactly(
            "event",
            "authority_host",
            "graph_url",
            "client_id",
            "scopes",
            "store",
            "file_key",
            "people",
            "team",
            "channels",
            "site",
            "drive_id");
    assertThat(event.get("store").getAsString()).startsWith("file:");
    assertThat(Path.of(event.get("store").getAsString().substring(5))).doesNotExist();
  }

  /** The id of the first item of a listing. */
  private static String id(CommandResult listed) {
    return listed.events().get(0).get("id").getAsString();
  }

  private static Map<String, String> exports(String out) {
    Map<String, String> variables = new TreeMap<>();
    EXPORT
        .matcher(out)
        .results()
        .forEach(
            found ->
                variables.put(
                    found.group(1), found.group(2) != null ? found.group(2) : found.group(3)));
    return variables;
  }

  private static String said(String out, String pattern) {
    var matcher = Pattern.compile(pattern).matcher(out);
    assertThat(matcher.find()).as(out).isTrue();
    return matcher.group(1);
  }
}
