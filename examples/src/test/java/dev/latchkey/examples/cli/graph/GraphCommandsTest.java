package dev.latchkey.examples.cli.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.Eventually;
import dev.latchkey.examples.fixture.InProcessCli;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.FakeDrive;
import dev.latchkey.testkit.FakePlan;
import dev.latchkey.testkit.FakeTeam;
import dev.latchkey.testkit.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphCommandsTest {

  private static final String SCOPES =
      "User.Read Files.ReadWrite Sites.ReadWrite.All Team.ReadBasic.All Channel.ReadBasic.All"
          + " ChannelMessage.Send Tasks.ReadWrite Mail.ReadWrite Mail.Send";

  @TempDir Path directory;
  private InProcessCli cli;
  private FakeDrive drive;

  @BeforeEach
  void signIn() throws Exception {
    cli = InProcessCli.start(directory);
    cli.variables.put("LATCHKEY_GRAPH_URL", cli.server.graph().url().toString());
    cli.signIn(InProcessCli.ADELE, "--scope", SCOPES);
    drive = cli.server.graph().drive(InProcessCli.ADELE);
    drive.addFile("Reports/a.txt", "hello");
    drive.addFolder("Reports/2026");
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  @Test
  void meShowsWhoIsSignedIn() throws Exception {
    JsonObject me = cli.run("graph", "me", "--json").succeeded().event();

    assertThat(me.keySet())
        .containsExactly("event", "id", "display_name", "mail", "user_principal_name", "job_title");
    assertThat(me.get("user_principal_name").getAsString()).isEqualTo(InProcessCli.ADELE);
    assertThat(cli.run("graph", "me").succeeded().out()).contains("Adele");
  }

  /** Entra's token for another API would reveal its claims to Graph, which refuses it anyway. */
  @Test
  void tokenForAnotherApiIsNotSentToGraph() throws Exception {
    cli.signIn(InProcessCli.ADELE, "--scope", "api://orders/read");
    String orders = cli.run("token").succeeded().out().strip();
    int before = cli.server.requests(Endpoint.TOKEN).size();

    CommandResult me = cli.run("graph", "me", "--json");

    assertThat(orders).isNotBlank();
    assertThat(me.event().get("type").getAsString()).isEqualTo("Forbidden");
    assertThat(me.event().get("remedy").getAsString()).contains("--scope \"User.Read");
    assertThat(cli.server.requests(Endpoint.TOKEN)).hasSize(before + 1);
    assertThat(cli.server.requests(Endpoint.TOKEN).get(before).form().get("scope"))
        .doesNotContain("api://orders");
  }

  @Test
  void sessionThatTheStoreDoesNotTakeIsReportedByEveryCommandAndEndsWith18() throws Exception {
    cli.server.expireAccessTokens();
    cli.server.fail(
        Fault.rewrite(
                body ->
                    body.replaceFirst(
                        "\"refresh_token\":\"", "\"refresh_token\":\"" + "r".repeat(120_000)))
            .toRefreshes());

    CommandResult me = cli.run("graph", "me", "--json");

    assertThat(me.events())
        .extracting(event -> event.get("event").getAsString())
        .containsExactly("user", "error");
    assertThat(me.status()).isEqualTo(18);
    assertThat(me.lastEvent().get("reason").getAsString()).isEqualTo("too_large");
  }

  @Test
  void commandThatFailsTellsOfTheSessionBesideItsOwnError() throws Exception {
    cli.server.expireAccessTokens();
    cli.server.fail(
        Fault.rewrite(
                body ->
                    body.replaceFirst(
                        "\"refresh_token\":\"", "\"refresh_token\":\"" + "r".repeat(120_000)))
            .toRefreshes());

    CommandResult missing = cli.run("graph", "ls", "/Missing", "--json");

    assertThat(missing.status()).isEqualTo(19);
    assertThat(missing.lastEvent().get("type").getAsString()).isEqualTo("NotFound");
    assertThat(missing.err()).contains("latchkey: The session could not be stored");
  }

  @Test
  void lsListsAFolderOfAnyDrive() throws Exception {
    FakeDrive site = cli.server.graph().addSite("contoso.sharepoint.com", "/sites/team");
    site.addFile("site.txt", "x");

    List<JsonObject> mine = cli.run("graph", "ls", "/Reports", "--json").succeeded().events();
    String byDrive = cli.run("graph", "ls", "/", "--drive", site.id()).succeeded().out();
    String bySite =
        cli.run("graph", "ls", "--site", "contoso.sharepoint.com:/sites/team").succeeded().out();

    assertThat(mine).extracting(e -> e.get("name").getAsString()).containsExactly("2026", "a.txt");
    assertThat(mine).extracting(e -> e.get("kind").getAsString()).containsExactly("folder", "file");
    assertThat(mine.get(1).get("size").getAsInt()).isEqualTo(5);
    assertThat(byDrive).contains("site.txt").isEqualTo(bySite);
    assertThat(cli.run("graph", "ls", "--drive", "x", "--site", "y:/").status()).isEqualTo(2);
  }

  /** Programs read these names: changing one breaks them. */
  @Test
  void namesInJsonAreNotChanged() throws Exception {
    FakeTeam team = cli.server.graph().addTeam("Locksmiths", InProcessCli.ADELE);
    team.addPlan("Locks").addTask("Cut the key", InProcessCli.ADELE);
    cli.server
        .graph()
        .mailbox(InProcessCli.ADELE)
        .receive("boss@contoso.example", "The plan", "Done?");

    JsonObject folder = cli.run("graph", "ls", "/", "--json").succeeded().event();
    JsonObject file = cli.run("graph", "ls", "/Reports", "--json").succeeded().lastEvent();
    JsonObject task = cli.run("graph", "tasks", "--json").succeeded().event();
    JsonObject mail = cli.run("graph", "mail", "list", "--json").succeeded().event();
    JsonObject posted =
        cli.run("graph", "post", "Locksmiths", "General", "Hello", "--json").succeeded().event();

    assertThat(file.get("event").getAsString()).isEqualTo("item");
    assertThat(file.keySet())
        .isEqualTo(folder.keySet())
        .containsExactly(
            "event",
            "id",
            "name",
            "kind",
            "size",
            "modified_at",
            "parent_id",
            "drive_id",
            "etag",
            "web_url",
            "deleted");
    assertThat(task.get("event").getAsString()).isEqualTo("task");
    assertThat(task.keySet())
        .containsExactly(
            "event",
            "id",
            "title",
            "percent_complete",
            "plan_id",
            "priority",
            "due_at",
            "completed_at");
    assertThat(mail.get("event").getAsString()).isEqualTo("mail");
    assertThat(mail.keySet())
        .containsExactly(
            "event", "id", "subject", "from", "received_at", "is_read", "preview", "folder_id");
    assertThat(posted.get("event").getAsString()).isEqualTo("posted");
    assertThat(posted.keySet())
        .containsExactly("event", "id", "team_id", "channel_id", "created_at", "web_url");
  }

  @Test
  void typedDriveOrSiteOverridesTheOtherFromTheEnvironment() throws Exception {
    FakeDrive site = cli.server.graph().addSite("contoso.sharepoint.com", "/sites/team");
    site.addFile("site.txt", "x");
    cli.variables.put("LATCHKEY_DRIVE", drive.id());

    CommandResult typed = cli.run("graph", "ls", "--site", "contoso.sharepoint.com:/sites/team");
    cli.variables.put("LATCHKEY_SITE", "contoso.sharepoint.com:/sites/team");
    CommandResult both = cli.run("graph", "ls");

    assertThat(typed.succeeded().out()).contains("site.txt");
    assertThat(both.status()).isEqualTo(2);
    assertThat(both.err()).contains("LATCHKEY_DRIVE and LATCHKEY_SITE exclude each other");
  }

  @Test
  void putAndGetPreserveTheBytes() throws Exception {
    byte[] bytes = new byte[6_000_000];
    new Random(1).nextBytes(bytes);
    Path big = Files.write(directory.resolve("big.bin"), bytes);
    Path back = directory.resolve("back.bin");
    cli.server.fail(Fault.drop().onRequest(2).to(Endpoint.UPLOAD));

    JsonObject up =
        cli.run("graph", "put", big.toString(), "/Reports/", "--json").succeeded().event();
    JsonObject down =
        cli.run("graph", "get", "/Reports/big.bin", back.toString(), "--json").succeeded().event();

    assertThat(up.get("event").getAsString()).isEqualTo("uploaded");
    assertThat(down.get("event").getAsString()).isEqualTo("downloaded");
    assertThat(back).hasBinaryContent(bytes);
    assertThat(drive.fileContent("Reports/big.bin")).isEqualTo(bytes);
    assertThat(directory.resolve(".big.bin.upload")).doesNotExist();
    CommandResult taken =
        cli.run("graph", "put", big.toString(), "/Reports/big.bin", "--if-exists", "fail");
    assertThat(taken.status()).isEqualTo(19);
    assertThat(cli.run("graph", "put", "nothing", "/x").status()).isEqualTo(2);
  }

  @Test
  void deltaListsWhatChangedSinceTheLastRun() throws Exception {
    String state = directory.resolve("state").toString();

    List<JsonObject> all = cli.run("graph", "delta", "--json", "--state", state).events();
    drive.addFile("Reports/new.txt", "x");
    drive.delete("Reports/a.txt");
    List<JsonObject> changes = cli.run("graph", "delta", "--json", "--state", state).events();

    assertThat(all).extracting(e -> e.get("name").getAsString()).contains("a.txt", "2026");
    assertThat(changes).extracting(e -> e.get("deleted").getAsBoolean()).contains(true, false);
    cli.server.graph().expireDeltaTokens();
    CommandResult tooOld = cli.run("graph", "delta", "--json", "--state", state);
    assertThat(tooOld.status()).isEqualTo(19);
    assertThat(tooOld.event().get("type").getAsString()).isEqualTo("ResyncRequired");
  }

  @Test
  void deltaShowsPathAndDriveOfEachItem() throws Exception {
    drive.addFile("Q1 + Q2/50% übrig.txt", "x");

    CommandResult text = cli.run("graph", "delta").succeeded();
    List<JsonObject> json = cli.run("graph", "delta", "--json").succeeded().events();
    JsonObject listed = cli.run("graph", "ls", "/Reports", "--json").succeeded().events().get(0);

    assertThat(text.out()).contains("  /Reports/a.txt\n", "  /Reports/2026/\n");
    assertThat(text.out()).contains("  /Q1 + Q2/50% übrig.txt\n");
    assertThat(json)
        .allSatisfy(e -> assertThat(e.get("drive_id").getAsString()).isEqualTo(drive.id()));
    assertThat(listed.get("drive_id").getAsString()).isEqualTo(drive.id());
  }

  @Test
  void invalidStateIsReportedWithTheWayToStartAgain() throws Exception {
    Path state = directory.resolve("bad.link");

    for (String content : List.of("x\n", drive.id() + "\nhttps://elsewhere.example/x\n")) {
      Files.writeString(state, content);
      CommandResult result = cli.run("graph", "delta", "--state", state.toString());

      assertThat(result.status()).isEqualTo(2);
      assertThat(result.err()).contains("does not belong to this drive", "Delete " + state);
    }
    Files.write(state, new byte[] {(byte) 0xff, 10});
    assertThat(cli.run("graph", "delta", "--state", state.toString()).err()).contains("Delete ");
  }

  @Test
  void mailThatWasSentBeforeIsReportedAsSuch() throws Exception {
    CommandResult first = sendOnce("Text").succeeded();
    CommandResult second = sendOnce("Text").succeeded();

    assertThat(first.out()).isEqualTo("The mail was sent to b@c.example.\n");
    assertThat(second.out()).isEqualTo("Nothing was sent: mail k had been sent before.\n");
    assertThat(cli.server.graph().mailbox(InProcessCli.ADELE).sent()).hasSize(1);
  }

  @Test
  void jsonTellsMailThatWasSentBeforeFromMailThatIsSentNow() throws Exception {
    JsonObject first = sendOnce("Text", "--json").succeeded().event();
    JsonObject second = sendOnce("Text", "--json").succeeded().event();

    assertThat(first.get("sent_before").getAsBoolean()).isFalse();
    assertThat(second.get("sent_before").getAsBoolean()).isTrue();
    assertThat(second.get("id")).isEqualTo(first.get("id"));
  }

  private CommandResult sendOnce(String... more) throws Exception {
    List<String> send = new ArrayList<>();
    send.addAll(List.of("graph", "mail", "send", "--to", "b@c.example", "--subject", "Hi"));
    send.addAll(List.of("--once", "k", "--journal", directory.resolve("sent").toString()));
    send.addAll(List.of(more));
    return cli.run(send.toArray(String[]::new));
  }

  @Test
  void postFindsTeamAndChannelByName() throws Exception {
    FakeTeam team = cli.server.graph().addTeam("Locksmiths", InProcessCli.ADELE);

    JsonObject posted =
        cli.run("graph", "post", "locksmiths", "general", "Hello", "--json").succeeded().event();
    CommandResult byId =
        cli.run("graph", "post", team.id(), posted.get("channel_id").getAsString(), "Hello again");

    assertThat(posted.get("event").getAsString()).isEqualTo("posted");
    assertThat(byId.status()).isZero();
    assertThat(team.posts("General"))
        .extracting(p -> p.content())
        .containsExactly("Hello", "Hello again");
  }

  @Test
  void unknownTeamOrChannelIsNotFoundAndTheRemedyNamesThoseThatExist() throws Exception {
    cli.server.graph().addTeam("Locksmiths", InProcessCli.ADELE).addChannel("Workshop");
    cli.server.graph().addTeam("Key makers", InProcessCli.ADELE);
    cli.server.graph().addTeam("Others", InProcessCli.BRUNO);

    CommandResult noTeam = cli.run("graph", "post", "nobody", "general", "x", "--json");
    CommandResult noChannel = cli.run("graph", "post", "Locksmiths", "attic", "x", "--json");

    assertThat(noTeam.status()).isEqualTo(19);
    assertThat(noTeam.event().get("type").getAsString()).isEqualTo("NotFound");
    assertThat(noTeam.event().get("message").getAsString()).contains("'nobody'");
    assertThat(noTeam.event().get("remedy").getAsString())
        .contains("Key makers, Locksmiths")
        .doesNotContain("Others");
    assertThat(noChannel.status()).isEqualTo(19);
    assertThat(noChannel.event().get("type").getAsString()).isEqualTo("NotFound");
    assertThat(noChannel.event().get("remedy").getAsString()).contains("General, Workshop");
    assertThat(cli.server.graph().requests("POST", "/messages")).isEmpty();
  }

  @Test
  void tasksAreListedAndCompleted() throws Exception {
    FakePlan plan = cli.server.graph().addTeam("Locksmiths", InProcessCli.ADELE).addPlan("Locks");
    String id = plan.addTask("Cut the key", InProcessCli.ADELE);

    JsonObject task = cli.run("graph", "tasks", "--json").succeeded().event();
    JsonObject done = cli.run("graph", "task-done", id, "--json").succeeded().event();

    assertThat(task.get("title").getAsString()).isEqualTo("Cut the key");
    assertThat(task.get("percent_complete").getAsInt()).isZero();
    assertThat(done.get("percent_complete").getAsInt()).isEqualTo(100);
    assertThat(plan.task(id).percentComplete()).isEqualTo(100);
  }

  @Test
  void mailIsListedSentAnsweredAndMoved() throws Exception {
    var mailbox = cli.server.graph().mailbox(InProcessCli.ADELE);
    mailbox.receive("boss@contoso.example", "The plan", "Is it done?");

    JsonObject mail = cli.run("graph", "mail", "list", "--json").succeeded().event();
    String id = mail.get("id").getAsString();
    cli.run("graph", "mail", "reply", id, "Yes").succeeded();
    cli.run("graph", "mail", "move", id, "archive").succeeded();
    cli.run("graph", "mail", "send", "--to", "b@c.example", "--subject", "Hi", "Text").succeeded();

    assertThat(mail.get("subject").getAsString()).isEqualTo("The plan");
    assertThat(mail.get("from").getAsString()).isEqualTo("boss@contoso.example");
    assertThat(mailbox.inbox()).isEmpty();
    assertThat(mailbox.sent()).hasSize(2);
  }

  @Test
  void mailWithAKeyIsSentOnce() throws Exception {
    Path mails = directory.resolve("mails.jsonl");
    Files.writeString(
        mails,
        """
        {"key":"1","to":["b@c.example"],"subject":"One","text":"x"}
        {"key":"2","to":["b@c.example"],"subject":"Two","text":"x"}
        """);
    String journal = directory.resolve("journal").toString();

    for (int i = 0; i < 2; i++) {
      cli.run("graph", "mail", "send-all", mails.toString(), "--journal", journal).succeeded();
      cli.run(
              "graph",
              "mail",
              "send",
              "--to",
              "b@c.example",
              "--subject",
              "Three",
              "--once",
              "3",
              "--journal",
              journal,
              "Text")
          .succeeded();
    }

    assertThat(cli.server.graph().mailbox(InProcessCli.ADELE).sent()).hasSize(3);
  }

  @Test
  void localFileErrorsAreReportedAsSuch() throws Exception {
    String nowhere = directory.resolve("no/such/directory/a.txt").toString();

    CommandResult result = cli.run("graph", "get", "/Reports/a.txt", nowhere, "--json");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.event().get("type").getAsString()).isEqualTo("LocalFile");
    assertThat(result.event().get("message").getAsString()).contains("no/such/directory");
  }

  @Test
  void invalidPathsAreWrongUsage() throws Exception {
    Path foreign = Files.writeString(directory.resolve("foreign"), "x\n");

    assertThat(cli.run("graph", "ls", "../x").status()).isEqualTo(2);
    assertThat(cli.run("graph", "delta", "--state", foreign.toString()).status()).isEqualTo(2);
  }

  @Test
  void syncMirrorsAFolder() throws Exception {
    Path mirror = directory.resolve("mirror");

    JsonObject synced =
        cli.run("graph", "sync", "/Reports", mirror.toString(), "--json").succeeded().event();

    assertThat(synced.get("what").getAsString()).isEqualTo("downloaded");
    assertThat(mirror.resolve("a.txt")).hasContent("hello");
    assertThat(cli.run("graph", "sync", "/Reports", mirror.toString()).succeeded().out()).isEmpty();
  }

  @Test
  void syncOfAFileIsRejectedAndNamesTheRightCommand() throws Exception {
    Path mirror = directory.resolve("mirror");

    CommandResult result = cli.run("graph", "sync", "/Reports/a.txt", mirror.toString(), "--json");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.event().get("message").getAsString())
        .isEqualTo("/Reports/a.txt is not a folder");
    assertThat(result.event().get("remedy").getAsString()).contains("latchkey graph get");
    assertThat(mirror).doesNotExist();
  }

  @Test
  void syncOfAMissingFolderLeavesNothingBehind() throws Exception {
    Path mirror = directory.resolve("mirror");

    CommandResult result = cli.run("graph", "sync", "/Nope", mirror.toString(), "--json");

    assertThat(result.status()).isEqualTo(19);
    assertThat(result.event().get("type").getAsString()).isEqualTo("NotFound");
    assertThat(mirror).doesNotExist();
  }

  @Test
  void syncMirrorsAWholeDrive() throws Exception {
    Path mirror = directory.resolve("mirror");

    cli.run("graph", "sync", "/", mirror.toString()).succeeded();

    assertThat(mirror.resolve("Reports/a.txt")).hasContent("hello");
  }

  @Test
  void notFoundIsReportedWithTheCommandThatListsWhatExists() throws Exception {
    String team = "00000000-0000-4000-8000-000000000000";

    assertThat(remedyOf("graph", "ls", "/Nope")).contains("'latchkey graph ls /'");
    assertThat(remedyOf("graph", "ls", "/Nope", "--drive", drive.id()))
        .contains("--drive " + drive.id());
    assertThat(remedyOf("graph", "ls", "--site", "a.example:/nope"))
        .contains("--site a.example:/nope");
    assertThat(remedyOf("graph", "task-done", "nope"))
        .contains("graph tasks")
        .doesNotContain(" ls");
    assertThat(remedyOf("graph", "mail", "reply", "nope", "x"))
        .contains("graph mail list")
        .doesNotContain("graph ls");
    assertThat(remedyOf("graph", "mail", "list", "--folder", "nope")).contains("folder");
    assertThat(remedyOf("graph", "post", team, "19:nope", "x")).contains("team and channel");
  }

  private String remedyOf(String... args) throws Exception {
    CommandResult result = cli.run(args);
    assertThat(result.status()).as(result.err()).isEqualTo(19);
    assertThat(result.err()).contains("404").hasLineCount(2);
    return result.err().lines().toList().get(1);
  }

  @Test
  void unknownOutcomeExitsWith19AndIsSentOnce() throws Exception {
    FakeTeam team = cli.server.graph().addTeam("Locksmiths", InProcessCli.ADELE);
    cli.server.fail(Fault.status(504).to("POST", ".*/messages"));

    CommandResult result = cli.run("graph", "post", "Locksmiths", "General", "Hello", "--json");

    assertThat(result.status()).isEqualTo(19);
    assertThat(result.event().get("type").getAsString()).isEqualTo("OutcomeUnknown");
    assertThat(cli.server.graph().requests("POST", "/messages")).hasSize(1);
    assertThat(team.posts("General")).isEmpty();
  }

  @Test
  void claimsChallengeExitsWith10AndSignInWithTheClaimsSatisfiesIt() throws Exception {
    String claims = "{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}";
    cli.server.people().requireClaims(claims);

    CommandResult result = cli.run("graph", "me", "--json");

    assertThat(result.status()).isEqualTo(10);
    assertThat(result.event().get("claims").getAsString()).isEqualTo(claims);
    cli.signIn(InProcessCli.ADELE, "--scope", SCOPES, "--claims", claims);
    cli.run("graph", "me").succeeded();
  }

  @Test
  void missingScopeIsNamedInTheRemedy() throws Exception {
    cli.run("sign-out").succeeded();
    JsonObject signedIn = cli.signIn(InProcessCli.ADELE, "--scope", "User.Read").lastEvent();
    String account = signedIn.getAsJsonObject("account").get("id").getAsString();

    CommandResult result = cli.run("graph", "ls", "--json");

    assertThat(result.status()).isEqualTo(19);
    assertThat(result.event().get("type").getAsString()).isEqualTo("Forbidden");
    assertThat(result.event().get("remedy").getAsString())
        .contains("sign-in --account " + account, "Files.Read");
  }

  @Test
  void ctrlCEndsAHungRequestWithALastLine() throws Exception {
    cli.server.fail(Fault.hang().to("GET", ".*/me"));

    InProcessCli.Running running = cli.begin("graph", "me", "--json");
    Eventually.isTrue(
        () -> !cli.server.graph().requests("GET", "/me$").isEmpty(), "the request is under way");
    running.interrupt();
    CommandResult result = running.finish();

    assertThat(result.status()).isEqualTo(130);
    assertThat(result.event().get("type").getAsString()).isEqualTo("SignInCancelled");
  }

  @Test
  void wrongGraphUrlIsWrongUsage() throws Exception {
    assertThat(cli.run("graph", "me", "--graph-url", "ftp://x").status()).isEqualTo(2);
  }
}
