package dev.latchkey.graph;

import dev.latchkey.graph.error.NotFound;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.internal.http.GraphCall;
import dev.latchkey.graph.internal.http.GraphHttp;
import dev.latchkey.graph.internal.http.PageIterator;
import dev.latchkey.graph.internal.mail.MailCalls;
import dev.latchkey.graph.mail.Message;
import dev.latchkey.graph.mail.MessageChange;
import dev.latchkey.graph.mail.MessageQuery;
import dev.latchkey.graph.mail.NewMessage;
import dev.latchkey.graph.mail.SendJournal;

/**
 * The mailbox of the signed-in user. Thread-safe. All calls block and throw as {@link GraphClient}
 * says. Reading needs {@code Mail.Read}, sending {@code Mail.Send}, everything else {@code
 * Mail.ReadWrite}.
 *
 * <p>All ids are immutable: they stay the same when a message is moved or sent. A request that
 * writes is sent again only if Graph certainly did not carry it out. To send a message exactly
 * once, use the {@link #outbox outbox}.
 *
 * <pre>{@code
 * for (Message message : graph.mail().list(MessageQuery.inFolder("inbox"))) {
 *   System.out.println(message.subject());
 * }
 * }</pre>
 *
 * @see <a href="https://learn.microsoft.com/graph/outlook-immutable-id">Immutable identifiers</a>
 */
public final class Mailbox {

  private final GraphHttp http;
  private final MailCalls calls;

  Mailbox(GraphHttp http) {
    this.http = http;
    this.calls = new MailCalls(http);
  }

  /**
   * Lists the messages that match a query.
   *
   * @param query which messages, and which members of them
   * @return the messages, fetched while they are walked
   * @see <a href="https://learn.microsoft.com/graph/api/user-list-messages">List messages</a>
   */
  public Listing<Message> list(MessageQuery query) {
    GraphCall first = calls.list(query);
    return () -> new PageIterator<>(http, first, Message::fromJson);
  }

  /**
   * Reads a message. One request.
   *
   * @param id the message's id
   * @return the message
   * @throws NotFound if there is none; also for a while after {@link #send}, until Graph has moved
   *     it to the sent messages
   * @see <a href="https://learn.microsoft.com/graph/api/message-get">Get message</a>
   */
  public Message get(String id) {
    return message(calls.get(id));
  }

  /**
   * Saves a message as a draft. One request.
   *
   * @param message the message
   * @return the draft; {@link #send} sends it
   * @throws OutcomeUnknown if no usable response came: there may be a draft
   * @see <a href="https://learn.microsoft.com/graph/api/user-post-messages">Create message</a>
   */
  public Message createDraft(NewMessage message) {
    return message(calls.createDraft(message.toJson()));
  }

  /**
   * Sends a draft. One request; Graph keeps it among the sent messages under the same id.
   *
   * @param draftId the id of a draft
   * @throws OutcomeUnknown if no usable response came: after a while, check with {@link #get}
   *     whether it is still a draft
   * @see <a href="https://learn.microsoft.com/graph/api/message-send">Send draft message</a>
   */
  public void send(String draftId) {
    http.send(calls.send(draftId)).requireNothing(MailCalls.ACCEPTED);
  }

  /**
   * Sends a message at once. One request, which leaves no trace that shows later whether it was
   * carried out: the {@link #outbox outbox} is safer.
   *
   * @param message the message
   * @param keepCopy whether Graph keeps a copy among the sent messages
   * @throws OutcomeUnknown if no usable response came: the message may have been sent
   * @see <a href="https://learn.microsoft.com/graph/api/user-sendmail">user: sendMail</a>
   */
  public void sendMail(NewMessage message, boolean keepCopy) {
    http.send(calls.sendMail(message, keepCopy)).requireNothing(MailCalls.ACCEPTED);
  }

  /**
   * Replies to the sender of a message at once. One request.
   *
   * @param id the message's id
   * @param comment plain text to put above the quoted message
   * @throws OutcomeUnknown if no usable response came: the reply may have been sent. Use {@link
   *     #createReply} and {@link #send} to be able to check
   * @see <a href="https://learn.microsoft.com/graph/api/message-reply">message: reply</a>
   */
  public void reply(String id, String comment) {
    http.send(calls.reply(id, comment)).requireNothing(MailCalls.ACCEPTED);
  }

  /**
   * Saves a reply to the sender of a message as a draft. One request.
   *
   * @param id the message's id
   * @param comment plain text to put above the quoted message
   * @return the draft; {@link #send} sends it
   * @throws OutcomeUnknown if no usable response came: there may be a draft
   * @see <a href="https://learn.microsoft.com/graph/api/message-createreply">message:
   *     createReply</a>
   */
  public Message createReply(String id, String comment) {
    return message(calls.createReply(id, comment));
  }

  /**
   * Moves a message. One request.
   *
   * @param id the message's id
   * @param folder the id of a folder, or one of the well-known names such as {@code archive}
   * @return the moved message, with the same id
   * @throws OutcomeUnknown if no usable response came: it may have been moved. Moving it again is
   *     harmless
   * @see <a href="https://learn.microsoft.com/graph/api/message-move">message: move</a>
   */
  public Message move(String id, String folder) {
    return message(calls.move(id, folder));
  }

  /**
   * Changes a message. One request.
   *
   * @param id the message's id
   * @param change the members to change
   * @return the changed message
   * @throws OutcomeUnknown if no usable response came: it may have been changed. Repeating the
   *     change is harmless
   * @see <a href="https://learn.microsoft.com/graph/api/message-update">Update message</a>
   */
  public Message update(String id, MessageChange change) {
    return message(calls.update(id, change));
  }

  /**
   * An outbox, whose {@code send} may be repeated after any failure until it returns.
   *
   * @param journal where the outbox records what it is about to do
   * @return an outbox
   */
  public Outbox outbox(SendJournal journal) {
    return new Outbox(http, journal);
  }

  private Message message(GraphCall call) {
    return http.send(call).read(Message::fromJson);
  }
}
