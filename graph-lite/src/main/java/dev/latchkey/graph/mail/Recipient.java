package dev.latchkey.graph.mail;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.latchkey.graph.http.Members;
import dev.latchkey.internal.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who sends or receives mail. What Graph left out is null: senders within an organisation
 * may have no address.
 *
 * @param address the mail address
 * @param name the name to show
 * @see <a href="https://learn.microsoft.com/graph/api/resources/recipient">recipient resource
 *     type</a>
 */
public record Recipient(@Nullable String address, @Nullable String name) {

  /**
   * A mail address without a name.
   *
   * @param address the address
   * @return a recipient
   */
  public static Recipient of(String address) {
    return new Recipient(address, null);
  }

  static Recipient read(JsonObject json) {
    JsonObject person = Members.child(json, "emailAddress");
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
