package dev.latchkey.graph.mail;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.latchkey.graph.internal.json.GraphJson;
import dev.latchkey.internal.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sender or a recipient of a message. A member that Graph left out is null: a sender within an
 * organization may have no address.
 *
 * @param address the email address
 * @param name the display name
 * @see <a href="https://learn.microsoft.com/graph/api/resources/recipient">recipient resource
 *     type</a>
 * @see NewMessage
 */
public record Recipient(@Nullable String address, @Nullable String name) {

  /**
   * Creates a recipient without a name.
   *
   * @param address the email address
   * @return the recipient
   */
  public static Recipient of(String address) {
    return new Recipient(address, null);
  }

  /**
   * Reads Graph's JSON.
   *
   * @param json a recipient
   * @return the recipient
   */
  public static Recipient fromJson(JsonObject json) {
    JsonObject person = GraphJson.child(json, "emailAddress");
    return new Recipient(Json.string(person, "address"), Json.string(person, "name"));
  }

  static JsonArray toJson(List<Recipient> recipients) {
    JsonArray array = new JsonArray();
    for (Recipient recipient : recipients) {
      JsonObject person = new JsonObject();
      person.addProperty("address", recipient.address());
      if (recipient.name() != null) {
        person.addProperty("name", recipient.name());
      }
      JsonObject json = new JsonObject();
      json.add("emailAddress", person);
      array.add(json);
    }
    return array;
  }
}
