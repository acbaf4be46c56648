package dev.latchkey.testkit.internal.graph.mail;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import dev.latchkey.testkit.internal.graph.call.GraphRoute;
import dev.latchkey.testkit.internal.graph.call.JsonMembers;
import dev.latchkey.testkit.internal.graph.call.Permission;
import dev.latchkey.testkit.internal.graph.call.RoutedCall;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import java.util.List;

/** Sends mail. When the answer is sent, the recipients have the message. */
public final class SendHandler {

  private final StoredMailboxes mailboxes;

  public SendHandler(StoredMailboxes mailboxes) {
    this.mailboxes = mailboxes;
  }

  public List<GraphRoute> routes() {
    String action = MailHandler.MESSAGE + "/(?:microsoft\\.graph\\.)?";
    return List.of(
        GraphRoute.of("POST", "/me/(?:microsoft\\.graph\\.)?sendMail", this::sendMail),
        GraphRoute.of("POST", action + "send", this::send),
        GraphRoute.of("POST", action + "createReply", this::createReply),
        GraphRoute.of("POST", action + "reply", this::reply));
  }

  private HttpAnswer sendMail(RoutedCall call) {
    MailHandler.require(call, Permission.MAIL_SEND);
    JsonObject body = JsonMembers.parameters(call.json());
    JsonObject content = JsonMembers.object(body, "message");
    if (content == null) {
      throw GraphFailure.of(400, "ErrorInvalidRequest", "The message is missing.");
    }
    boolean keep = JsonMembers.flag(body, "savetosentitems", true);
    StoredMailbox mailbox = mailboxes.of(call.person());
    Outgoing outgoing;
    synchronized (mailbox) {
      StoredMessage message = mailbox.draft(content);
      try {
        outgoing = send(mailbox, message);
      } catch (GraphFailure refused) {
        mailbox.remove(message);
        throw refused;
      }
      if (!keep) {
        mailbox.remove(message);
      }
    }
    return deliver(outgoing);
  }

  private HttpAnswer send(RoutedCall call) {
    MailHandler.require(call, Permission.MAIL_SEND);
    StoredMailbox mailbox = mailboxes.of(call.person());
    Outgoing outgoing;
    synchronized (mailbox) {
      StoredMessage draft = mailbox.get(call.id("message"));
      if (!draft.isDraft()) {
        throw GraphFailure.of(
            400, "ErrorInvalidRequest", "The message was sent already; only a draft can be sent.");
      }
      outgoing = send(mailbox, draft);
    }
    return deliver(outgoing);
  }

  private HttpAnswer createReply(RoutedCall call) {
    MailHandler.require(call, Permission.MAIL_WRITE);
    StoredMailbox mailbox = mailboxes.of(call.person());
    synchronized (mailbox) {
      return MailHandler.answer(
          call, 201, draftOfReply(mailbox, mailbox.get(call.id("message")), call.jsonOrEmpty()));
    }
  }

  private HttpAnswer reply(RoutedCall call) {
    MailHandler.require(call, Permission.MAIL_SEND);
    StoredMailbox mailbox = mailboxes.of(call.person());
    Outgoing outgoing;
    synchronized (mailbox) {
      StoredMessage original = mailbox.get(call.id("message"));
      StoredMessage draft = draftOfReply(mailbox, original, call.jsonOrEmpty());
      try {
        outgoing = send(mailbox, draft);
      } catch (GraphFailure refused) {
        mailbox.remove(draft);
        throw refused;
      }
    }
    return deliver(outgoing);
  }

  private static StoredMessage draftOfReply(
      StoredMailbox mailbox, StoredMessage original, JsonObject body) {
    JsonObject request = JsonMembers.parameters(body);
    JsonObject content = new JsonObject();
    String subject = JsonMembers.string(original.members(), "subject");
    boolean isReply = subject != null && subject.regionMatches(true, 0, "RE: ", 0, 4);
    content.addProperty("subject", isReply ? subject : "RE: " + subject);
    String comment = JsonMembers.string(request, "comment");
    content.add("body", StoredMessage.body("text", comment == null ? "" : comment));
    JsonArray to = new JsonArray();
    JsonObject from = JsonMembers.object(original.members(), "from");
    if (from != null) {
      to.add(from);
    }
    content.add("toRecipients", to);
    JsonObject changes = JsonMembers.object(request, "message");
    if (changes != null) {
      changes.entrySet().forEach(each -> content.add(each.getKey(), each.getValue()));
    }
    StoredMessage draft = mailbox.draft(content);
    draft.members().add("conversationId", original.members().get("conversationId"));
    return draft;
  }

  /** A message that is sent but not delivered yet. */
  private record Outgoing(List<String> addresses, JsonObject content) {}

  private static Outgoing send(StoredMailbox mailbox, StoredMessage message) {
    List<String> addresses = recipients(message.members());
    if (addresses.isEmpty()) {
      throw GraphFailure.of(400, "ErrorInvalidRecipients", "At least one recipient is not valid.");
    }
    mailbox.sent(message);
    return new Outgoing(addresses, message.members().deepCopy());
  }

  /** Holds no lock of the sender: two users who write to each other would deadlock. */
  private HttpAnswer deliver(Outgoing outgoing) {
    for (String address : outgoing.addresses()) {
      StoredMailbox recipient = mailboxes.at(address);
      if (recipient != null) {
        recipient.receive(outgoing.content().deepCopy());
      }
    }
    return HttpAnswer.empty(202);
  }

  private static List<String> recipients(JsonObject members) {
    return List.of("toRecipients", "ccRecipients", "bccRecipients").stream()
        .flatMap(kind -> JsonMembers.array(members, kind).asList().stream())
        .filter(JsonElement::isJsonObject)
        .map(recipient -> JsonMembers.object(recipient.getAsJsonObject(), "emailAddress"))
        .map(email -> email == null ? null : JsonMembers.string(email, "address"))
        .map(address -> address == null ? "" : address)
        .filter(address -> address.contains("@"))
        .toList();
  }
}
