package dev.latchkey.graph.internal.mail;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.latchkey.graph.internal.http.GraphPath;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.text.Sha256;

/**
 * The application's key for a message as the draft bears it: a digest, in a property that
 * recipients do not see and by which Graph finds messages.
 *
 * @param digest SHA-256 in hexadecimal: needs no quoting in a filter and reveals no names
 * @see <a href="https://learn.microsoft.com/graph/api/resources/extended-properties-overview">
 *     Extended properties</a>
 */
record SendKey(String digest) {

  // A namespace of Latchkey's own, generated once.
  private static final String PROPERTY =
      "String {7d1c9a52-3c0e-4b1f-9a55-0f6d4c2be8a1} Name LatchkeySendKey";
  private static final String MEMBER = "singleValueExtendedProperties";

  static SendKey of(String key) {
    if (key.isEmpty()) {
      throw new IllegalArgumentException("the key must not be empty");
    }
    return new SendKey(Sha256.hex(key));
  }

  /** Finds the messages that bear the key, and returns the key with them. */
  GraphPath query() {
    return GraphPath.of("me", "messages")
        .query(
            "$filter",
            MEMBER + "/Any(ep: ep/id eq '" + PROPERTY + "' and ep/value eq '" + digest + "')")
        .query("$expand", MEMBER + "($filter=id eq '" + PROPERTY + "')");
  }

  /** Puts the key on a draft. */
  void writeOn(JsonObject message) {
    JsonObject property = new JsonObject();
    property.addProperty("id", PROPERTY);
    property.addProperty("value", digest);
    JsonArray properties = new JsonArray();
    properties.add(property);
    message.add(MEMBER, properties);
  }

  /** Whether a message bears the key: a server that ignores the filter returns any message. */
  boolean isOn(JsonObject message) {
    if (message.get(MEMBER) instanceof JsonArray properties) {
      for (JsonElement property : properties) {
        if (property instanceof JsonObject object
            && digest.equalsIgnoreCase(Json.stringOrNull(object, "value"))) {
          return true;
        }
      }
    }
    return false;
  }
}
