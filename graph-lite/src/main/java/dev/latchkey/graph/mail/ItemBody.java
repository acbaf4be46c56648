package dev.latchkey.graph.mail;

import com.google.gson.JsonObject;
import dev.latchkey.internal.json.Json;
import java.util.Locale;

/**
 * The content of an email or a channel message.
 *
 * @param type plain text or HTML
 * @param content the text; empty if Graph left it out
 * @see <a href="https://learn.microsoft.com/graph/api/resources/itembody">itemBody resource
 *     type</a>
 * @see NewMessage
 */
public record ItemBody(Type type, String content) {

  /** How the content is written. */
  public enum Type {
    /** Plain text. */
    TEXT,
    /** HTML; Graph removes what it considers dangerous. */
    HTML
  }

  /**
   * Plain text.
   *
   * @param content the text
   * @return a body
   */
  public static ItemBody text(String content) {
    return new ItemBody(Type.TEXT, content);
  }

  /**
   * HTML. The caller must escape any text that a person entered.
   *
   * @param content the HTML
   * @return a body
   */
  public static ItemBody html(String content) {
    return new ItemBody(Type.HTML, content);
  }

  /**
   * Reads Graph's JSON.
   *
   * @param json an itemBody
   * @return the body
   */
  public static ItemBody fromJson(JsonObject json) {
    String content = Json.stringOrNull(json, "content");
    boolean html = "html".equalsIgnoreCase(Json.stringOrNull(json, "contentType"));
    return new ItemBody(html ? Type.HTML : Type.TEXT, content == null ? "" : content);
  }

  /**
   * Writes Graph's JSON.
   *
   * @return an itemBody
   */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("contentType", type.name().toLowerCase(Locale.ROOT));
    json.addProperty("content", content);
    return json;
  }

  /** Leaves out the content. */
  @Override
  public String toString() {
    return "ItemBody[" + type + ", " + content.length() + " characters]";
  }
}
