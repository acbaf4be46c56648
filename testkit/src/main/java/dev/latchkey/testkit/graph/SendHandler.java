package dev.latchkey.testkit.graph;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;

/** Sending mail, which is done when the answer comes: the recipients have it at once. */
final class SendHandler {

  private final World world;

  SendHandler(World world) {
    this.world = world;
  }

  List<Route> routes() {
    String action = MailHandler.MESSAGE + "/(?:microsoft\\.graph\\.)?";
    return List.of(
        Route.of("POST", "/me/(?:microsoft\\.graph\\.)?sendMail", this::sendMail),
        Route.of("POST", action + "send", this::send),
        Route.of("POST", action + "createReply", this::createReply),
        Route.of("POST", action + "reply", this::reply));
  }

  private GraphAnswer sendMail(Call call) {
    MailHandler.require(call, Permission.MAIL_SEND);
    JsonObject body = call.json();
    JsonObject content = Json.object(body, "message");
    if (content == null) {
      throw GraphFailure.of(400, "ErrorInvalidRequest", "The message is missing.");
    }
    boolean keep = Json.flag(body, "saveToSentItems", true);
    Mailbox mailbox = world.mailboxOf(call.person());
    Outgoing outgoing;
    synchronized (mailbox) {
      Message message = mailbox.draft(content);
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

  private GraphAnswer send(Call call) {
    MailHandler.require(call, Permission.MAIL_SEND);
    Mailbox mailbox = world.mailboxOf(call.person());
    Outgoing outgoing;
    synchronized (mailbox) {
      Message draft = mailbox.get(call.id("message"));
      if (!draft.isDraft()) {
        throw GraphFailure.of(
            400, "ErrorInvalidRequest", "The message was sent already; only a draft can be sent.");
      }
      outgoing = send(mailbox, draft);
    }
    return deliver(outgoing);
  }

  private GraphAnswer createReply(Call call) {
    MailHandler.require(call, Permission.MAIL_WRITE);
    Mailbox mailbox = world.mailboxOf(call.person());
    synchronized (mailbox) {
      return MailHandler.answer(
          call, 201, draftOfReply(mailbox, mailbox.get(call.id("message")), call.jsonOrEmpty()));
    }
  }

  private GraphAnswer reply(Call call) {
    MailHandler.require(call, Permission.MAIL_SEND);
    Mailbox mailbox = world.mailboxOf(call.person());
    Outgoing outgoing;
    synchronized (mailbox) {
      Message original = mailbox.get(call.id("message"));
      Message draft = draftOfReply(mailbox, original, call.jsonOrEmpty());
      try {
        outgoing = send(mailbox, draft);
      } catch (GraphFailure refused) {
        mailbox.remove(draft);
        throw refused;
      }
    }
    return deliver(outgoing);
  }

  private static Message draftOfReply(Mailbox mailbox, Message original, JsonObject request) {
    JsonObject content = new JsonObject();
    String subject = Json.string(original.members(), "subject");
    boolean isReply = subject != null && subject.regionMatches(true, 0, "RE: ", 0, 4);
    content.addProperty("subject", isReply ? subject : "RE: " + subject);
    String comment = Json.string(request, "comment");
    content.add("body", Message.body("text", comment == null ? "" : comment));
    JsonArray to = new JsonArray();
    JsonObject from = Json.object(original.members(), "from");
    if (from != null) {
      to.add(from);
    }
    content.add("toRecipients", to);
    JsonObject changes = Json.object(request, "message");
    if (changes != null) {
      changes.entrySet().forEach(each -> content.add(each.getKey(), each.getValue()));
    }
    Message draft = mailbox.draft(content);
    draft.members().add("conversationId", original.members().get("conversationId"));
    return draft;
  }

  /** Sent, and not arrived yet. */
  private record Outgoing(List<String> addresses, JsonObject content) {}

  private static Outgoing send(Mailbox mailbox, Message message) {
    List<String> addresses = recipients(message.members());
    if (addresses.isEmpty()) {
      throw GraphFailure.of(400, "ErrorInvalidRecipients", "At least one recipient is not valid.");
    }
    mailbox.sent(message);
    return new Outgoing(addresses, message.members().deepCopy());
  }

  /** Holds no lock of the sender's: two who write to each other would wait for ever. */
  private GraphAnswer deliver(Outgoing outgoing) {
    for (String address : outgoing.addresses()) {
      Person person = world.person(address);
      if (person != null) {
        world.mailboxOf(person).receive(outgoing.content().deepCopy());
      }
    }
    return GraphAnswer.empty(202);
  }

  private static List<String> recipients(JsonObject members) {
    return List.of("toRecipients", "ccRecipients", "bccRecipients").stream()
        .flatMap(kind -> Json.array(members, kind).asList().stream())
        .filter(JsonElement::isJsonObject)
        .map(recipient -> Json.object(recipient.getAsJsonObject(), "emailAddress"))
        .map(email -> email == null ? null : Json.string(email, "address"))
        .map(address -> address == null ? "" : address)
        .filter(address -> address.contains("@"))
        .toList();
  }
}
