package dev.latchkey.graph.mail;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.latchkey.graph.http.Members;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.json.MalformedJson;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far a mail has come. Immutable. */
final class JournalEntry {

  private final String draftId;
  private final @Nullable Instant attempted;
  private final boolean sent;

  private JournalEntry(String draftId, @Nullable Instant attempted, boolean sent) {
    this.draftId = draftId;
    this.attempted = attempted;
    this.sent = sent;
  }

  static JournalEntry drafted(String draftId) {
    return new JournalEntry(draftId, null, false);
  }

  JournalEntry attemptedAt(Instant time) {
    return new JournalEntry(draftId, time, false);
  }

  JournalEntry asSent() {
    return new JournalEntry(draftId, attempted, true);
  }

  /** The one draft that may be sent for it. */
  String draftId() {
    return draftId;
  }

  /** When the request to send it was about to leave; null if it never was. */
  @Nullable Instant attempted() {
    return attempted;
  }

  /** Whether Graph has taken it. */
  boolean sent() {
    return sent;
  }

  /**
   * Reads an entry.
   *
   * @throws IllegalStateException if it is none: nothing may be sent on a guess
   */
  static JournalEntry read(String text) {
    try {
      JsonObject json = Json.object(text);
      Instant attempted = Members.instant(json, "attempted");
      if (attempted == null && json.has("attempted")) {
        throw damaged("no time", null);
      }
      return new JournalEntry(
          Json.requiredString(json, "draft"),
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
    if (attempted != null) {
      json.addProperty("attempted", attempted.toString());
    }
    json.addProperty("sent", sent);
    return json.toString();
  }
}
