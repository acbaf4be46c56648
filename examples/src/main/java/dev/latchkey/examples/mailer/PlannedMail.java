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
 * A mail that is to be sent once.
 *
 * @param key its name: two mails of one key are one mail
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
   * @throws IllegalArgumentException if it is none
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
          "not a mail; it should be like {\"key\":\"1\",\"to\":[\"ann@example.com\"],"
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
