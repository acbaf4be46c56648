package dev.latchkey.graph.internal.mail;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.latchkey.Account;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.json.JsonInstants;
import dev.latchkey.internal.json.MalformedJson;
import dev.latchkey.internal.text.Sha256;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a message has come.
 *
 * @param draftId the one draft that may be sent
 * @param mailbox the mailbox that has the draft, as {@link #mailbox} names it; null in an entry of
 *     an earlier version
 * @param attempted when the request to send it was about to leave; null if that never happened
 * @param sent whether Graph has accepted it
 */
record JournalEntry(
    String draftId, @Nullable String mailbox, @Nullable Instant attempted, boolean sent) {

  static JournalEntry drafted(String draftId, String mailbox) {
    return new JournalEntry(draftId, mailbox, null, false);
  }

  /** A name for the mailbox of an account, the same for every client id, that tells nobody who. */
  static String mailbox(Account account) {
    String person = account.objectId();
    String tenant = account.tenantId();
    return Sha256.hex(person == null || tenant == null ? account.id() : tenant + " " + person);
  }

  /**
   * Checks that the draft is in this mailbox. In any other one it cannot be found, as if it had
   * been sent or deleted.
   *
   * @throws IllegalStateException if it is in another
   */
  void requireIn(String expected) {
    if (mailbox != null && !mailbox.equals(expected)) {
      throw new IllegalStateException(
          "The message was begun in the mailbox of another account",
          new IOException("another account began the message and has to finish it"));
    }
  }

  JournalEntry attemptedAt(Instant time) {
    return new JournalEntry(draftId, mailbox, time, false);
  }

  JournalEntry asSent() {
    return new JournalEntry(draftId, mailbox, attempted, true);
  }

  /**
   * Reads an entry.
   *
   * @throws IllegalStateException if it is damaged: nothing may be sent on a guess
   */
  static JournalEntry read(String text) {
    try {
      JsonObject json = Json.object(text);
      Instant attempted = JsonInstants.read(json, "attempted");
      if (attempted == null && json.has("attempted")) {
        throw damaged("no time", null);
      }
      return new JournalEntry(
          Json.requiredString(json, "draft"),
          Json.string(json, "mailbox"),
          attempted,
          new JsonPrimitive(true).equals(json.get("sent")));
    } catch (MalformedJson e) {
      throw damaged(e.getMessage(), e);
    }
  }

  private static IllegalStateException damaged(
      @Nullable String how, @Nullable MalformedJson cause) {
    return new IllegalStateException(
        "The journal of sent mail is damaged: " + how,
        new IOException("an entry is damaged: " + how, cause));
  }

  String text() {
    JsonObject json = new JsonObject();
    json.addProperty("draft", draftId);
    if (mailbox != null) {
      json.addProperty("mailbox", mailbox);
    }
    if (attempted != null) {
      json.addProperty("attempted", attempted.toString());
    }
    json.addProperty("sent", sent);
    return json.toString();
  }
}
