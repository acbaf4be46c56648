package dev.latchkey.graph.internal.mail;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.latchkey.graph.internal.json.GraphJson;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.json.MalformedJson;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a message has come.
 *
 * @param draftId the one draft that may be sent
 * @param attempted when the request to send it was about to leave; null if that never happened
 * @param sent whether Graph has accepted it
 */
record JournalEntry(String draftId, @Nullable Instant attempted, boolean sent) {

  static JournalEntry drafted(String draftId) {
    return new JournalEntry(draftId, null, false);
  }

  JournalEntry attemptedAt(Instant time) {
    return new JournalEntry(draftId, time, false);
  }

  JournalEntry asSent() {
    return new JournalEntry(draftId, attempted, true);
  }

  /**
   * Reads an entry.
   *
   * @throws IllegalStateException if it is damaged: nothing may be sent on a guess
   */
  static JournalEntry read(String text) {
    try {
      JsonObject json = Json.object(text);
      Instant attempted = GraphJson.instant(json, "attempted");
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
