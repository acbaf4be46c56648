package dev.latchkey.graph;

import com.google.gson.JsonObject;
import dev.latchkey.internal.json.Json;
import java.util.Locale;

/**
 * What a mail or a channel message says.
 *
 * @param type plain text or HTML
 * @param content the text itself; empty if Graph left it out
 * @see <a href="https://learn.microsoft.com/graph/api/resources/itembody">itemBody resource
 *     type</a>
 */
public record ItemBody(Type type, String content) {

  /** How the content is written. */
  public enum Type {
    /** Plain text. */
    TEXT,
    /** HTML; Graph takes out what it holds for dangerous. */
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
   * HTML. Text of a person's own has to be escaped by the caller.
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
  public static ItemBody read(JsonObject json) {
    String content = Json.string(json, "content");
    boolean html = "html".equalsIgnoreCase(Json.string(json, "contentType"));
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
