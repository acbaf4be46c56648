package dev.latchkey.testkit.internal.graph.mail;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.graph.call.GraphUser;
import dev.latchkey.testkit.internal.graph.call.JsonMembers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A user's mail. Its own lock guards it. */
public final class StoredMailbox {

  static final String INBOX = "inbox";
  static final String DRAFTS = "drafts";
  static final String SENT = "sentitems";

  private static final Map<String, String> FOLDERS = new LinkedHashMap<>();

  static {
    FOLDERS.put(INBOX, "Inbox");
    FOLDERS.put(DRAFTS, "Drafts");
    FOLDERS.put(SENT, "Sent Items");
    FOLDERS.put("deleteditems", "Deleted Items");
    FOLDERS.put("archive", "Archive");
    FOLDERS.put("junkemail", "Junk Email");
  }

  private final GraphUser owner;
  private final InstantSource clock;
  private final List<StoredMessage> messages = new ArrayList<>();
  private int lastNumber;

  public StoredMailbox(GraphUser owner, InstantSource clock) {
    this.owner = owner;
    this.clock = clock;
  }

  static Map<String, String> folders() {
    return FOLDERS;
  }

  static String folderId(String wellKnownName) {
    return "AQMkADAwATM3ZmYAZS0" + wellKnownName;
  }

  /** The well-known name of a folder, given that or its id. */
  static String folder(String nameOrId) {
    return FOLDERS.keySet().stream()
        .filter(name -> name.equalsIgnoreCase(nameOrId) || folderId(name).equals(nameOrId))
        .findFirst()
        .orElseThrow(MailHandler::notFound);
  }

  /** {@return the messages of a folder as JSON with immutable ids, newest first} */
  public synchronized List<JsonObject> messages(String folder) {
    String name = folder(folder.toLowerCase(Locale.ROOT));
    return newestFirst().stream()
        .filter(message -> message.folder().equals(name))
        .map(message -> message.json(true))
        .toList();
  }

  synchronized List<StoredMessage> newestFirst() {
    List<StoredMessage> copy = new ArrayList<>(messages);
    Collections.reverse(copy);
    return copy;
  }

  synchronized StoredMessage get(String id) {
    return messages.stream()
        .filter(message -> message.hasId(id))
        .findFirst()
        .orElseThrow(MailHandler::notFound);
  }

  synchronized StoredMessage add(String folder, boolean draft) {
    StoredMessage message =
        new StoredMessage(owner.id(), ++lastNumber, folder, draft, clock.instant());
    messages.add(message);
    return message;
  }

  synchronized StoredMessage draft(JsonObject content) {
    StoredMessage draft = add(DRAFTS, true);
    draft.update(content, clock.instant());
    return draft;
  }

  synchronized void remove(StoredMessage message) {
    messages.remove(message);
  }

  synchronized void touch(StoredMessage message, JsonObject changes) {
    message.update(changes, clock.instant());
  }

  /** Puts a sent message into the inbox. */
  synchronized StoredMessage receive(JsonObject sent) {
    StoredMessage received = add(INBOX, false);
    sent.entrySet().forEach(each -> received.members().add(each.getKey(), each.getValue()));
    received.members().addProperty("isRead", false);
    received.members().addProperty("isDraft", false);
    received.members().remove("bccRecipients");
    received.members().add("categories", new JsonArray());
    return received;
  }

  /** Puts a message into the inbox. */
  public String receive(String fromName, String fromAddress, String subject, String text) {
    JsonObject content = JsonMembers.of("subject", subject);
    content.add("body", StoredMessage.body("text", text));
    content.add("from", StoredMessage.recipient(fromName, fromAddress));
    content.add("sender", StoredMessage.recipient(fromName, fromAddress));
    JsonArray to = new JsonArray();
    to.add(StoredMessage.recipient(owner.displayName(), owner.username()));
    content.add("toRecipients", to);
    return receive(content).immutableId();
  }

  /** Marks a message as sent, now. */
  synchronized void sent(StoredMessage message) {
    JsonElement self = StoredMessage.recipient(owner.displayName(), owner.username());
    String now = JsonMembers.time(clock.instant());
    message.members().add("from", self);
    message.members().add("sender", self.deepCopy());
    message.members().addProperty("isDraft", false);
    message.members().addProperty("isRead", true);
    message.members().addProperty("sentDateTime", now);
    message.members().addProperty("receivedDateTime", now);
    message.move(SENT);
  }
}
