package dev.latchkey.examples.mailer;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.latchkey.graph.mail.ItemBody;
import dev.latchkey.graph.mail.NewMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * A mail to be sent once.
 *
 * @param key the mail's name: two mails with one key are the same mail
 */
public record PlannedMail(String key, List<String> to, String subject, String text) {

  private static final Gson GSON = new Gson();

  /** Copies the list. */
  public PlannedMail {
    to = List.copyOf(to);
  }

  /**
   * Reads a line such as {@code
   * {"key":"invoice-42","to":["ann@example.com"],"subject":"Invoice","text":"…"}}.
   *
   * @throws IllegalArgumentException if the line is not such an object
   */
  public static PlannedMail parse(String line) {
    try {
      JsonObject json = GSON.fromJson(line, JsonObject.class);
      List<String> to = new ArrayList<>();
      for (JsonElement address : json.getAsJsonArray("to")) {
        to.add(address.getAsString());
      }
      return new PlannedMail(text(json, "key"), to, text(json, "subject"), text(json, "text"));
    } catch (JsonParseException
        | ClassCastException
        | IllegalStateException
        | NullPointerException e) {
      throw new IllegalArgumentException(
          "not a mail; expected a line such as {\"key\":\"1\",\"to\":[\"ann@example.com\"],"
              + "\"subject\":\"Hello\",\"text\":\"How are you?\"}",
          e);
    }
  }

  private static String text(JsonObject json, String name) {
    return json.get(name).getAsString();
  }

  NewMessage message() {
    return NewMessage.of(subject, ItemBody.text(text)).to(to.toArray(String[]::new));
  }
}
