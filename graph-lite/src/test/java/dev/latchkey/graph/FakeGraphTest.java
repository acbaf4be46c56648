package dev.latchkey.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.latchkey.Entra;
import dev.latchkey.PublicClient;
import dev.latchkey.TokenSource;
import dev.latchkey.graph.batch.BatchRequest;
import dev.latchkey.graph.batch.BatchResponses;
import dev.latchkey.graph.fixture.QuickTime;
import dev.latchkey.graph.mail.ItemBody;
import dev.latchkey.graph.mail.Message;
import dev.latchkey.graph.mail.MessageChange;
import dev.latchkey.graph.mail.MessageQuery;
import dev.latchkey.graph.mail.NewMessage;
import dev.latchkey.graph.mail.SendJournal;
import dev.latchkey.graph.planner.PlannerTask;
import dev.latchkey.graph.planner.TaskChange;
import dev.latchkey.graph.teams.Channel;
import dev.latchkey.graph.teams.ChannelMessage;
import dev.latchkey.graph.teams.Team;
import dev.latchkey.testkit.FakeAuthorizationServer;
import dev.latchkey.testkit.FakeMailbox;
import dev.latchkey.testkit.FakePlan;
import dev.latchkey.testkit.FakeTeam;
import dev.latchkey.testkit.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoints, with tokens of a real session, against a fake that refuses what Graph refuses. */
class FakeGraphTest {

  private static final String ADELE = "adele@contoso.example";
  private static final String BRUNO = "bruno@contoso.example";

  @TempDir private Path directory;

  private final QuickTime time = new QuickTime();
  private final FakeAuthorizationServer server =
      FakeAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start();
  private final GraphClient graph = client();

  private GraphClient client() {
    PublicClient client =
        PublicClient.builder()
            .authorizationServer(Entra.common().authorityHost(server.baseUrl()))
            .clientId("1950a258-227b-4e31-a9cf-717495945fc2")
            .scopes(
                "Team.ReadBasic.All",
                "Channel.ReadBasic.All",
                "ChannelMessage.Send",
                "Tasks.ReadWrite",
                "Mail.ReadWrite",
                "Mail.Send",
                "User.Read")
            .build();
    server.approveNext(ADELE);
    TokenSource tokens = client.tokens(client.beginSignIn().await().account());
    return GraphClient.builder(tokens).baseUrl(server.graph().url()).time(time).build();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void postAndReplyAppearInTheChannel() {
    FakeTeam team = server.graph().addTeam("Sales", ADELE, BRUNO);
    team.addChannel("Deals");
    Team mine = graph.teams().joined().iterator().next();
    Channel deals =
        graph.teams().channels(mine.id()).stream()
            .filter(channel -> "Deals".equals(channel.displayName()))
            .findFirst()
            .orElseThrow();

    ChannelMessage post = graph.teams().post(mine.id(), deals.id(), ItemBody.text("Hello"));
    ChannelMessage reply =
        graph.teams().reply(mine.id(), deals.id(), post.id(), ItemBody.html("<b>Hi</b>"));

    assertThat(team.posts("Deals")).hasSize(2);
    assertThat(reply.replyToId()).isEqualTo(post.id());
    assertThat(reply.body()).isEqualTo(ItemBody.html("<b>Hi</b>"));
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 412})
  void taskThatSomebodyElseChangedIsCompleted(int status) {
    FakePlan plan = server.graph().addTeam("Sales", ADELE, BRUNO).addPlan("Launch");
    String id = plan.addTask("Write", ADELE);
    server.graph().settings().staleTaskStatus(status);
    PlannerTask mine = graph.planner().myTasks().iterator().next();
    int[] rounds = {0};

    PlannerTask done =
        graph
            .planner()
            .update(
                mine.id(),
                task -> {
                  if (++rounds[0] < 3) {
                    plan.touchTask(id);
                  }
                  return TaskChange.none().percentComplete(100);
                });

    assertThat(rounds[0]).isEqualTo(3);
    assertThat(done.isComplete()).isTrue();
    assertThat(plan.task(id).percentComplete()).isEqualTo(100);
    assertThat(graph.planner().tasksOf(plan.id())).hasSize(1);
    assertThat(graph.planner().complete(id).isComplete()).isTrue();
  }

  @Test
  void messagesAreListedReadRepliedToMovedAndSent() {
    FakeMailbox mailbox = server.graph().mailbox(ADELE);
    String subject = "It's here";
    mailbox.receive(BRUNO, subject, "Text");
    mailbox.receive(BRUNO, "Other", "Text");
    Message found =
        graph
            .mail()
            .list(
                MessageQuery.inFolder("inbox")
                    .filter("subject eq 'It''s here'")
                    .select("subject", "isRead"))
            .iterator()
            .next();

    graph.mail().update(found.id(), MessageChange.read(true));
    Message moved = graph.mail().move(found.id(), "archive");
    graph.mail().reply(found.id(), "Thanks.");
    Message draft = graph.mail().createReply(found.id(), "Thanks again.");
    graph.mail().send(draft.id());
    graph.mail().sendMail(mail("Raw"), true);

    assertThat(found.subject()).isEqualTo(subject);
    assertThat(moved.id()).as("an id that stays").isEqualTo(found.id());
    assertThat(graph.mail().get(found.id()).isRead()).isTrue();
    assertThat(graph.mail().get(draft.id()).isDraft()).isFalse();
    assertThat(server.graph().mailbox(BRUNO).inbox()).hasSize(3);
    assertThat(mailbox.drafts()).isEmpty();
  }

  @Test
  void outboxFindsItsDraftByTheMarkAndSendsOnceAfterALostResponse() {
    SendJournal forgetful = SendJournal.in(directory.resolve("1"));
    SendJournal other = SendJournal.in(directory.resolve("2"));
    server.fail(Fault.drop().afterActing().to("POST", "/me/messages$"));
    server.fail(Fault.drop().afterActing().to("POST", "/send$"));
    Outbox outbox = graph.mail().outbox(forgetful);

    String id = outbox.send("invoice-42", mail("Q3"));

    assertThat(outbox.send("invoice-42", mail("Q3"))).isEqualTo(id);
    // Without the journal, the mark on the sent message still shows it.
    assertThat(graph.mail().outbox(other).send("invoice-42", mail("Q3"))).isEqualTo(id);
    assertThat(server.graph().mailbox(BRUNO).inbox()).hasSize(1);
    assertThat(server.graph().mailbox(ADELE).sent()).hasSize(1);
    assertThat(server.graph().mailbox(ADELE).drafts()).isEmpty();
  }

  @Test
  void batchHonorsDependenciesAndRepeatsThrottledRequests() {
    FakePlan plan = server.graph().addTeam("Sales", ADELE).addPlan("Launch");
    plan.addTask("Write", ADELE);
    server.graph().throttle(1, "2", "/me/planner/tasks$");
    JsonObject draft = new JsonObject();
    draft.addProperty("subject", "Batch");

    BatchResponses answers =
        graph
            .batch()
            .send(
                List.of(
                    BatchRequest.get("me", "/me"),
                    BatchRequest.get("tasks", "/me/planner/tasks"),
                    BatchRequest.post("draft", "/me/messages", draft),
                    BatchRequest.get("drafts", "/me/mailFolders/drafts/messages")
                        .dependsOn("draft"),
                    BatchRequest.get("none", "/me/messages/none"),
                    BatchRequest.get("after", "/me").dependsOn("none")));

    assertThat(answers.get("me").json().get("displayName").getAsString()).isEqualTo("Adele Vance");
    assertThat(answers.get("tasks").json().getAsJsonArray("value")).hasSize(1);
    assertThat(answers.get("drafts").json().getAsJsonArray("value")).hasSize(1);
    assertThat(answers.get("none").status()).isEqualTo(404);
    assertThat(answers.get("after").status()).isEqualTo(424);
    assertThat(time.waits()).containsExactly(Duration.ofSeconds(2));
  }

  private static NewMessage mail(String subject) {
    return NewMessage.of(subject, ItemBody.text("Text")).to(BRUNO);
  }
}
