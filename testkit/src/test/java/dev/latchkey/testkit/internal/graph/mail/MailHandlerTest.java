package dev.latchkey.testkit.internal.graph.mail;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.FakeMailbox;
import dev.latchkey.testkit.TestMail;
import dev.latchkey.testkit.fixture.GraphFixture;
import dev.latchkey.testkit.fixture.HttpApp;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MailHandlerTest extends GraphFixture {

  private static final String[] IMMUTABLE = {"Prefer", "IdType=\"ImmutableId\""};
  private static final String TO_BRUNO =
      "\"toRecipients\":[{\"emailAddress\":{\"address\":\"bruno@contoso.example\"}}]";

  private final FakeMailbox mailbox = graph.mailbox(ADELE);

  @Test
  void newestMessagesComeFirstTenPerPage() throws Exception {
    for (int i = 0; i < 12; i++) {
      mailbox.receive("x@elsewhere.example", "Subject " + i, "Text");
    }

    HttpApp.Reply first = get("/me/mailFolders/inbox/messages?$select=subject");
    HttpApp.Reply second = get(first.get("@odata.nextLink"));

    assertThat(values(first)).hasSize(10);
    assertThat(values(second)).hasSize(2);
    assertThat(values(first).get(0).keySet()).doesNotContain("body");
    assertThat(values(get("/me/messages?$top=50"))).hasSize(12);
  }

  @Test
  void filtersAreUnderstood() throws Exception {
    String id = mailbox.receive("x@elsewhere.example", "It's here", "Text");
    mailbox.receive("y@elsewhere.example", "Other", "Text");
    patch("/me/messages/" + id, "{\"isRead\":true,\"categories\":[\"Blue\"]}");

    assertThat(subjects("isRead eq false")).containsExactly("Other");
    assertThat(subjects("subject eq 'It''s here'")).containsExactly("It's here");
    assertThat(subjects("isRead eq true and startswith(subject,'it')"))
        .containsExactly("It's here");
    assertThat(subjects("categories/any(c:c eq 'Blue')")).containsExactly("It's here");
    assertThat(subjects("from/emailAddress/address eq 'y@elsewhere.example' or (isRead eq true)"))
        .hasSize(2);
    assertThat(subjects("receivedDateTime ge 2020-01-01T00:00:00Z")).hasSize(2);
    assertThat(subjects("receivedDateTime lt 2020-01-01T00:00:00Z")).isEmpty();
    assertThat(get("/me/messages?$filter=nonsense").status()).isEqualTo(400);
  }

  @Test
  void extendedPropertiesCanBeFilteredByAndExpanded() throws Exception {
    String property = "String {7d1c9a52-3c0e-4b1f-9a55-0f6d4c2be8a1} Name Mark";
    String marked =
        "{\"subject\":\"%s\",\"singleValueExtendedProperties\":[{\"id\":\"%s\",\"value\":\"%s\"}]}";
    post("/me/messages", marked.formatted("First", property, "1"));
    post("/me/messages", marked.formatted("Second", property, "2"));
    String filter =
        "singleValueExtendedProperties/Any(ep: ep/id eq '%s' and ep/value eq '2')"
            .formatted(property);
    String expand = "singleValueExtendedProperties($filter=id eq '%s')".formatted(property);

    List<JsonObject> expanded =
        values(
            get(
                "/me/messages?$select=subject&$filter="
                    + URLEncoder.encode(filter, StandardCharsets.UTF_8)
                    + "&$expand="
                    + URLEncoder.encode(expand, StandardCharsets.UTF_8)));

    assertThat(subjects(filter)).containsExactly("Second");
    assertThat(expanded).hasSize(1);
    assertThat(expanded.get(0).getAsJsonArray("singleValueExtendedProperties").toString())
        .isEqualTo("[{\"id\":\"%s\",\"value\":\"2\"}]".formatted(property));
    assertThat(values(get("/me/messages")))
        .noneMatch(message -> message.has("singleValueExtendedProperties"));
  }

  private List<String> subjects(String filter) throws Exception {
    String encoded = URLEncoder.encode(filter, StandardCharsets.UTF_8);
    return values(get("/me/messages?$filter=" + encoded)).stream()
        .map(message -> message.get("subject").getAsString())
        .toList();
  }

  @Test
  void mailIsSentAndArrives() throws Exception {
    HttpApp.Reply sent =
        post(
            "/me/sendMail",
            "{\"message\":{\"subject\":\"Hello\",\"body\":{\"contentType\":\"Text\",\"content\":\"World\"},"
                + TO_BRUNO
                + "}}");

    assertThat(sent.status()).isEqualTo(202);
    assertThat(sent.body()).isEmpty();
    assertThat(mailbox.sent()).extracting(TestMail::subject).containsExactly("Hello");
    assertThat(graph.mailbox(BRUNO).inbox().get(0).content()).isEqualTo("World");
    assertThat(graph.mailbox(BRUNO).inbox().get(0).isRead()).isFalse();
  }

  @Test
  void usersWhoWriteToEachOtherDoNotDeadlock() throws Exception {
    String adele = token(ADELE, ALL_SCOPES);
    String bruno = token(BRUNO, ALL_SCOPES);

    List<CompletableFuture<Integer>> sent = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      sent.add(send(adele, BRUNO));
      sent.add(send(bruno, ADELE));
    }

    assertThat(sent).allSatisfy(each -> assertThat(each.get(30, SECONDS)).isEqualTo(202));
    assertThat(mailbox.inbox()).hasSize(100);
    assertThat(mailbox.sent()).hasSize(100);
  }

  private CompletableFuture<Integer> send(String token, String recipient) {
    String message =
        "{\"message\":{\"toRecipients\":[{\"emailAddress\":{\"address\":\"%s\"}}]}}"
            .formatted(recipient);
    HttpRequest request =
        to(graph.url() + "/me/sendMail")
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofString(message))
            .build();
    return app.http()
        .sendAsync(request, BodyHandlers.discarding())
        .thenApply(HttpResponse::statusCode);
  }

  @Test
  void mailToNobodyIsRefusedAndNotKept() throws Exception {
    HttpApp.Reply refused = post("/me/sendMail", "{\"message\":{\"subject\":\"Hello\"}}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(code(refused)).isEqualTo("ErrorInvalidRecipients");
    assertThat(mailbox.sent()).isEmpty();
    assertThat(mailbox.drafts()).isEmpty();
  }

  @Test
  void draftKeepsItsImmutableIdWhenItIsSentAndIsSentOnce() throws Exception {
    HttpApp.Reply draft =
        post("/me/messages", "{\"subject\":\"Hello\"," + TO_BRUNO + "}", IMMUTABLE);
    String path = "/me/messages/" + draft.get("id");

    HttpApp.Reply sent = post(path + "/send", "");
    HttpApp.Reply again = post(path + "/send", "");
    JsonObject after = get(path, IMMUTABLE).json();

    assertThat(draft.header("Preference-Applied")).contains("ImmutableId");
    assertThat(draft.get("isDraft")).isEqualTo("true");
    assertThat(List.of(sent.status(), again.status())).containsExactly(202, 400);
    assertThat(after.get("isDraft").getAsBoolean()).isFalse();
    assertThat(graph.mailbox(BRUNO).inbox()).hasSize(1);
  }

  @Test
  void usualIdChangesWithTheFolderAndTheImmutableIdDoesNot() throws Exception {
    String immutable = mailbox.receive("x@elsewhere.example", "Hello", "");
    String usual = get("/me/messages/" + immutable).get("id");

    HttpApp.Reply moved =
        post("/me/messages/" + usual + "/move", "{\"destinationId\":\"archive\"}");

    assertThat(moved.status()).isEqualTo(201);
    assertThat(moved.get("id")).isNotEqualTo(usual);
    assertThat(get("/me/messages/" + usual).status()).isEqualTo(404);
    assertThat(get("/me/messages/" + immutable, IMMUTABLE).get("id")).isEqualTo(immutable);
    assertThat(mailbox.folder("archive")).hasSize(1);
  }

  @Test
  void replyGoesToTheSenderAndIntoTheConversation() throws Exception {
    String id = graph.mailbox(BRUNO).receive(ADELE, "Question", "?");
    signInAs(BRUNO);
    String conversation = get("/me/messages/" + id).get("conversationId");

    HttpApp.Reply draft = post("/me/messages/" + id + "/createReply", "{\"comment\":\"Later\"}");
    HttpApp.Reply sent = post("/me/messages/" + id + "/reply", "{\"comment\":\"Answer\"}");

    assertThat(draft.get("subject")).isEqualTo("RE: Question");
    assertThat(draft.get("conversationId")).isEqualTo(conversation);
    assertThat(sent.status()).isEqualTo(202);
    assertThat(mailbox.inbox()).extracting(TestMail::content).containsExactly("Answer");
  }

  @Test
  void unknownMessageAndFolderAreNotFound() throws Exception {
    assertThat(code(get("/me/messages/nonsense"))).isEqualTo("ErrorItemNotFound");
    assertThat(get("/me/mailFolders/nonsense/messages").status()).isEqualTo(404);
    assertThat(get("/me/mailFolders/sentitems").get("displayName")).isEqualTo("Sent Items");
  }

  /** As the Java SDK writes the parameters, and as the documentation's first example does. */
  @Test
  void mailIsSentHoweverItsParametersAreWritten() throws Exception {
    String message = "{\"subject\":\"Hello\"," + TO_BRUNO + "}";

    HttpApp.Reply capitals =
        post("/me/sendMail", "{\"Message\":%s,\"SaveToSentItems\":false}".formatted(message));
    HttpApp.Reply string =
        post("/me/sendMail", "{\"message\":%s,\"saveToSentItems\":\"false\"}".formatted(message));
    HttpApp.Reply empty =
        post("/me/sendMail", "{\"message\":%s,\"saveToSentItems\":null}".formatted(message));
    HttpApp.Reply wrong =
        post("/me/sendMail", "{\"message\":%s,\"saveToSentItems\":\"no\"}".formatted(message));

    assertThat(List.of(capitals.status(), string.status(), empty.status(), wrong.status()))
        .containsExactly(202, 202, 202, 400);
    assertThat(mailbox.sent()).hasSize(1);
    assertThat(graph.mailbox(BRUNO).inbox()).hasSize(3);
  }

  @Test
  void otherActionsTakeTheirParametersWithCapitalsToo() throws Exception {
    String id = mailbox.receive(BRUNO, "Question", "?");

    HttpApp.Reply reply = post("/me/messages/" + id + "/reply", "{\"Comment\":\"Answer\"}");
    HttpApp.Reply moved =
        post("/me/messages/" + id + "/move", "{\"DestinationId\":\"archive\"}", IMMUTABLE);

    assertThat(List.of(reply.status(), moved.status())).containsExactly(202, 201);
    assertThat(graph.mailbox(BRUNO).inbox().get(0).content()).isEqualTo("Answer");
  }
}
