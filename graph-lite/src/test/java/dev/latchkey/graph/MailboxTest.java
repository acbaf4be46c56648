package dev.latchkey.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.fixture.QuickTime;
import dev.latchkey.graph.fixture.ScriptedGraph;
import dev.latchkey.graph.mail.ItemBody;
import dev.latchkey.graph.mail.Message;
import dev.latchkey.graph.mail.MessageChange;
import dev.latchkey.graph.mail.MessageQuery;
import dev.latchkey.graph.mail.NewMessage;
import dev.latchkey.graph.mail.Recipient;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailboxTest {

  private ScriptedGraph server;
  private GraphClient graph;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedGraph();
    graph = GraphClients.client(server, new QuickTime());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** A gateway answers in Graph's place: a 2xx proves nothing if it is not the one of Graph. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200|{}",
        "200|{\"error\":{\"code\":\"x\",\"message\":\"y\"}}",
        "202|{\"a\":1}",
        "200|<html>Sign in to the network</html>",
        "200|''",
        "204|''",
      })
  void mailThatSomethingElseTookInGraphsPlaceIsNotReportedAsSent(int status, String body) {
    NewMessage mail = NewMessage.of("Q3", ItemBody.text("Hi")).to("ann@example.com");
    List<ThrowingCallable> ways =
        List.of(
            () -> graph.mail().sendMail(mail, true),
            () -> graph.mail().send("d1"),
            () -> graph.mail().reply("m1", "Yes."));
    for (ThrowingCallable way : ways) {
      server.answer(status, body);

      assertThatThrownBy(way).isInstanceOf(OutcomeUnknown.class);
    }
    assertThat(server.asked()).hasSize(3);
  }

  @Test
  void messageIsReadWhateverGraphLeavesOut() {
    server
        .answer(
            200,
            "{\"id\":\"m1\",\"subject\":\"Q3\",\"bodyPreview\":\"All\",\"isRead\":false,"
                + "\"isDraft\":true,\"hasAttachments\":false,\"categories\":[\"Red\"],"
                + "\"body\":{\"contentType\":\"text\",\"content\":\"All is well.\"},"
                + "\"from\":{\"emailAddress\":{\"name\":\"Ann\",\"address\":\"ann@example.com\"}},"
                + "\"toRecipients\":[{\"emailAddress\":{\"address\":\"bo@example.com\"}},{}],"
                + "\"receivedDateTime\":\"2026-01-02T03:04:05Z\",\"sentDateTime\":\"soon\","
                + "\"internetMessageId\":\"<a@b>\",\"conversationId\":\"c1\",\"new\":1}")
        .answer(200, "{\"id\":\"m2\"}");

    assertThat(graph.mail().get("m1"))
        .isEqualTo(
            new Message(
                "m1",
                "Q3",
                "All",
                ItemBody.text("All is well."),
                new Recipient("ann@example.com", "Ann"),
                List.of(Recipient.of("bo@example.com"), new Recipient(null, null)),
                List.of(),
                List.of(),
                Instant.parse("2026-01-02T03:04:05Z"),
                null,
                false,
                true,
                false,
                List.of("Red"),
                "<a@b>",
                "c1",
                null,
                null));
    assertThat(graph.mail().get("m2").isRead()).isNull();
  }

  @Test
  void queriesAreEncodedAndHoldOnEveryPage() {
    server
        .answer(
            200,
            "{\"value\":[{\"id\":\"m1\"}],\"@odata.nextLink\":\"%s/me/messages?$skip=1\"}"
                .formatted(server.url()))
        .answer(200, "{\"value\":[{\"id\":\"m2\"}]}");

    List<Message> found =
        graph
            .mail()
            .list(
                MessageQuery.inFolder("inbox")
                    .filter("subject eq 'a & b+c''s'")
                    .select("subject", "from")
                    .orderBy("receivedDateTime desc")
                    .pageSize(50))
            .toList();

    assertThat(found).extracting(Message::id).containsExactly("m1", "m2");
    assertThat(server.asked())
        .extracting(ScriptedGraph.Asked::target)
        .containsExactly(
            "/v1.0/me/mailFolders/inbox/messages?$filter=subject%20eq%20'a%20%26%20b%2Bc''s'"
                + "&$select=subject,from&$orderby=receivedDateTime%20desc&$top=50",
            "/v1.0/me/messages?$skip=1");
  }

  @Test
  void everyRequestAsksForImmutableIds() {
    String message = "{\"id\":\"m1\",\"value\":[]}";
    server.answer(200, message).answer(200, message).answer(200, message);
    server.answer(202, "").answer(202, "").answer(202, "");
    server.answer(200, message).answer(200, message).answer(200, message);

    graph.mail().list(MessageQuery.all()).toList();
    graph.mail().get("m1");
    graph.mail().createDraft(mail());
    graph.mail().send("m1");
    graph.mail().sendMail(mail(), false);
    graph.mail().reply("m1", "Yes.");
    graph.mail().createReply("m1", "Yes.");
    graph.mail().move("m1", "archive");
    graph.mail().update("m1", MessageChange.read(true));

    assertThat(server.asked()).hasSize(9);
    assertThat(server.asked())
        .allSatisfy(
            asked -> assertThat(asked.header("Prefer")).isEqualTo("IdType=\"ImmutableId\""));
  }

  @Test
  void requestsSayWhatGraphExpects() {
    server.answer(201, "{\"id\":\"d1\"}").answer(202, "").answer(202, "").answer(202, "");
    server.answer(201, "{\"id\":\"d2\"}").answer(201, "{\"id\":\"m1\"}");
    server.answer(200, "{\"id\":\"m1\"}");

    assertThat(graph.mail().createDraft(mail()).id()).isEqualTo("d1");
    graph.mail().send("d1");
    graph.mail().sendMail(NewMessage.of("", ItemBody.text("")), true);
    graph.mail().reply("m1", "Yes.");
    graph.mail().createReply("m1", "No.");
    graph.mail().move("m1", "archive");
    graph
        .mail()
        .update("m1", MessageChange.read(true).and(MessageChange.categories(List.of("Red"))));

    String nobody = "\"toRecipients\":[],\"ccRecipients\":[],\"bccRecipients\":[]";
    assertThat(server.asked())
        .extracting(asked -> asked.method() + " " + asked.target() + " " + asked.body())
        .containsExactly(
            "POST /v1.0/me/messages {\"subject\":\"Q3\",\"body\":{\"contentType\":\"text\","
                + "\"content\":\"All is well.\"},"
                + "\"toRecipients\":[{\"emailAddress\":{\"address\":\"ann@example.com\"}}],"
                + "\"ccRecipients\":[{\"emailAddress\":{\"address\":\"bo@example.com\"}},"
                + "{\"emailAddress\":{\"address\":\"cy@example.com\"}}],"
                + "\"bccRecipients\":[{\"emailAddress\":{\"address\":\"di@example.com\"}}]}",
            "POST /v1.0/me/messages/d1/send ",
            "POST /v1.0/me/sendMail {\"message\":{\"subject\":\"\",\"body\":{\"contentType\":"
                + "\"text\",\"content\":\"\"},"
                + nobody
                + "},\"saveToSentItems\":true}",
            "POST /v1.0/me/messages/m1/reply {\"comment\":\"Yes.\"}",
            "POST /v1.0/me/messages/m1/createReply {\"comment\":\"No.\"}",
            "POST /v1.0/me/messages/m1/move {\"destinationId\":\"archive\"}",
            "PATCH /v1.0/me/messages/m1 {\"isRead\":true,\"categories\":[\"Red\"]}");
    // Graph's documentation of "message: send" requires it.
    assertThat(server.asked().get(1).header("Content-Length")).isEqualTo("0");
  }

  @Test
  void printedMessageRevealsNothing() {
    server.answer(200, "{\"id\":\"m1\",\"subject\":\"Q3\"}");

    assertThat(graph.mail().get("m1")).hasToString("Message[m1]");
    assertThat(mail()).hasToString("NewMessage[to 4, ItemBody[TEXT, 12 characters]]");
    assertThat(MessageChange.read(true)).hasToString("MessageChange[isRead]");
  }

  @Test
  void pageSizeOutOfRangeIsRejectedAtOnce() {
    assertThatIllegalArgumentException().isThrownBy(() -> MessageQuery.all().pageSize(0));
    assertThatIllegalArgumentException().isThrownBy(() -> MessageQuery.all().pageSize(1001));
  }

  private static NewMessage mail() {
    return NewMessage.of("Q3", ItemBody.text("All is well."))
        .to("ann@example.com")
        .cc("bo@example.com")
        .cc("cy@example.com")
        .bcc("di@example.com");
  }
}
