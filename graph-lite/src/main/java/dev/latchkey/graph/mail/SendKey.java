package dev.latchkey.graph.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.latchkey.internal.json.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The application's key for a mail, as it is written on the draft: a digest, in a property that
 * recipients do not see and that Graph finds messages by.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/resources/extended-properties-overview">
 *     Extended properties</a>
 */
final class SendKey {

  // The namespace is Latchkey's own, made up once.
  private static final String PROPERTY =
      "String {7d1c9a52-3c0e-4b1f-9a55-0f6d4c2be8a1} Name LatchkeySendKey";
  private static final String MEMBER = "singleValueExtendedProperties";

  private final String digest;

  private SendKey(String digest) {
    this.digest = digest;
  }

  static SendKey of(String key) {
    if (key.isEmpty()) {
      throw new IllegalArgumentException("the key must not be empty");
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
      return new SendKey(HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** SHA-256 in hexadecimal: no quotes for a filter, no case, no names. */
  String digest() {
    return digest;
  }

  /** Finds the mails that have the key, and brings the key with them. */
  MessageQuery query() {
    return MessageQuery.all()
        .filter(MEMBER + "/Any(ep: ep/id eq '" + PROPERTY + "' and ep/value eq '" + digest + "')")
        .expand(MEMBER + "($filter=id eq '" + PROPERTY + "')");
  }

  /** Writes the key on a draft. */
  void writeOn(JsonObject message) {
    JsonObject property = new JsonObject();
    property.addProperty("id", PROPERTY);
    property.addProperty("value", digest);
    JsonArray properties = new JsonArray();
    properties.add(property);
    message.add(MEMBER, properties);
  }

  /** Whether the key is on it: a server that knows no such filter sends whatever it has. */
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
