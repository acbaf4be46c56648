package dev.latchkey.graph.mail;

import com.google.gson.JsonObject;
import dev.latchkey.graph.Listing;
import dev.latchkey.graph.error.NotFound;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.http.Call;
import dev.latchkey.graph.http.GraphHttp;
import dev.latchkey.graph.http.Route;
import java.net.URI;

/**
 * The mailbox of the person who is signed in. Thread-safe. All calls block and throw as {@link
 * dev.latchkey.graph.GraphClient} says. Reading needs {@code Mail.Read}, sending {@code Mail.Send},
 * everything else {@code Mail.ReadWrite}.
 *
 * <p>All ids are immutable ones: they stay the same when a mail is moved or sent. Requests that
 * write are sent again only if Graph certainly did not carry them out; for mail that must arrive,
 * and once, there is the {@link #outbox outbox}.
 *
 * @see <a href="https://learn.microsoft.com/graph/outlook-immutable-id">Immutable identifiers</a>
 */
public final class Mailbox {

  private static final String IMMUTABLE_IDS = "IdType=\"ImmutableId\"";

  private final GraphHttp http;

  /**
   * Made by {@link dev.latchkey.graph.GraphClient#mail()}.
   *
   * @param http sends the requests
   */
  public Mailbox(GraphHttp http) {
    this.http = http;
  }

  /**
   * Mails that fit a query.
   *
   * @param query which, and what of them
   * @return the mails, fetched while they are walked
   * @see <a href="https://learn.microsoft.com/graph/api/user-list-messages">List messages</a>
   */
  public Listing<Message> list(MessageQuery query) {
    return Message.list(http, listing(query));
  }

  /**
   * One mail as it is now. One request.
   *
   * @param id the mail's id
   * @return the mail
   * @throws NotFound if there is none; also for a while after {@link #send}, until Graph has put it
   *     among the sent ones
   * @see <a href="https://learn.microsoft.com/graph/api/message-get">Get message</a>
   */
  public Message get(String id) {
    return Message.of(http.send(reading("read a mail", Route.of("me", "messages", id))));
  }

  /**
   * Puts a mail among the drafts. One request.
   *
   * @param message the mail
   * @return the draft; {@link #send} sends it
   * @throws OutcomeUnknown if no usable answer came: there may be a draft
   * @see <a href="https://learn.microsoft.com/graph/api/user-post-messages">Create message</a>
   */
  public Message createDraft(NewMessage message) {
    return Message.of(http.send(drafting(message.toJson())));
  }

  /**
   * Sends a draft. One request; keeps a copy among the sent mails under the same id.
   *
   * @param draftId the id of a draft
   * @throws OutcomeUnknown if no usable answer came: look with {@link #get} whether it still is a
   *     draft, and not too early
   * @see <a href="https://learn.microsoft.com/graph/api/message-send">Send draft message</a>
   */
  public void send(String draftId) {
    http.send(sending(draftId));
  }

  /**
   * Sends a mail at once. One request, and nothing by which it could be told later whether it was
   * carried out: the {@link #outbox outbox} is the safer way.
   *
   * @param message the mail
   * @param keepCopy whether a copy goes among the sent mails
   * @throws OutcomeUnknown if no usable answer came: the mail may have been sent
   * @see <a href="https://learn.microsoft.com/graph/api/user-sendmail">user: sendMail</a>
   */
  public void sendMail(NewMessage message, boolean keepCopy) {
    JsonObject json = new JsonObject();
    json.add("message", message.toJson());
    json.addProperty("saveToSentItems", keepCopy);
    http.send(writing("send a mail", "Mail.Send", "me", "sendMail").json(json));
  }

  /**
   * Answers the sender of a mail at once. One request.
   *
   * @param id the mail's id
   * @param comment what to say, as text, above the quoted mail
   * @throws OutcomeUnknown if no usable answer came: the answer may have been sent. {@link
   *     #createReply} and {@link #send} let you look
   * @see <a href="https://learn.microsoft.com/graph/api/message-reply">message: reply</a>
   */
  public void reply(String id, String comment) {
    http.send(
        writing("reply to a mail", "Mail.Send", "me", "messages", id, "reply")
            .json(comment(comment)));
  }

  /**
   * Puts an answer to the sender of a mail among the drafts. One request.
   *
   * @param id the mail's id
   * @param comment what to say, as text, above the quoted mail
   * @return the draft; {@link #send} sends it
   * @throws OutcomeUnknown if no usable answer came: there may be a draft
   * @see <a href="https://learn.microsoft.com/graph/api/message-createreply">message:
   *     createReply</a>
   */
  public Message createReply(String id, String comment) {
    Call call =
        writing("draft a reply", "Mail.ReadWrite", "me", "messages", id, "createReply")
            .json(comment(comment));
    return Message.of(http.send(call));
  }

  /**
   * Moves a mail. One request.
   *
   * @param id the mail's id
   * @param folder the id of a folder, or one of the well-known names such as {@code archive}
   * @return the mail where it is now, under the same id
   * @throws OutcomeUnknown if no usable answer came: it may have been moved. Moving it once more
   *     does no harm
   * @see <a href="https://learn.microsoft.com/graph/api/message-move">message: move</a>
   */
  public Message move(String id, String folder) {
    JsonObject json = new JsonObject();
    json.addProperty("destinationId", folder);
    Call call = writing("move a mail", "Mail.ReadWrite", "me", "messages", id, "move");
    return Message.of(http.send(call.json(json)));
  }

  /**
   * Changes what is noted about a mail. One request.
   *
   * @param id the mail's id
   * @param change what to change
   * @return the mail as it is then
   * @throws OutcomeUnknown if no usable answer came: it may have been changed. The same change once
   *     more does no harm
   * @see <a href="https://learn.microsoft.com/graph/api/message-update">Update message</a>
   */
  public Message update(String id, MessageChange change) {
    Call call = mail(Call.patch("change a mail", message(id)), "Mail.ReadWrite");
    return Message.of(http.send(call.json(change.toJson())));
  }

  /**
   * A way to send mail that may be repeated, after whatever happened, until it returns.
   *
   * @param journal where the outbox notes what it is about to do
   * @return an outbox
   */
  public Outbox outbox(SendJournal journal) {
    return new Outbox(http, this, journal);
  }

  Call listing(MessageQuery query) {
    return reading("list mails", query.route());
  }

  /** Asks only whether it still is a draft. */
  Call look(String id) {
    return reading("look for a mail", Route.of("me", "messages", id).query("$select", "isDraft"));
  }

  Call drafting(JsonObject message) {
    return writing("draft a mail", "Mail.ReadWrite", "me", "messages").json(message);
  }

  Call discarding(String draftId) {
    return mail(Call.delete("remove a draft", message(draftId)), "Mail.ReadWrite");
  }

  Call sending(String draftId) {
    return writing("send a draft", "Mail.Send", "me", "messages", draftId, "send");
  }

  private Call reading(String action, Route route) {
    return mail(Call.get(action, http.uri(route)), "Mail.Read", "Mail.ReadWrite");
  }

  private Call writing(String action, String scope, String... segments) {
    return mail(Call.post(action, http.uri(Route.of(segments))), scope);
  }

  private URI message(String id) {
    return http.uri(Route.of("me", "messages", id));
  }

  private static Call mail(Call call, String... scopes) {
    return call.header("Prefer", IMMUTABLE_IDS).scopes(scopes);
  }

  private static JsonObject comment(String comment) {
    JsonObject json = new JsonObject();
    json.addProperty("comment", comment);
    return json;
  }
}
