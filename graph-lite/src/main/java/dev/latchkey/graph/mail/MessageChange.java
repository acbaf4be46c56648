package dev.latchkey.graph.mail;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.Map;

/** What to change about a mail; what is not named stays as it is. Immutable. */
public final class MessageChange {

  private final JsonObject members;

  private MessageChange(JsonObject members) {
    this.members = members;
  }

  /**
   * Marks a mail as read or unread.
   *
   * @param isRead whether it has been read
   * @return a change
   */
  public static MessageChange read(boolean isRead) {
    JsonObject members = new JsonObject();
    members.addProperty("isRead", isRead);
    return new MessageChange(members);
  }

  /**
   * Gives a mail these categories in place of those that it has.
   *
   * @param names the names of categories; none takes all away
   * @return a change
   */
  public static MessageChange categories(Collection<String> names) {
    JsonArray array = new JsonArray();
    for (String name : names) {
      array.add(name);
    }
    JsonObject members = new JsonObject();
    members.add("categories", array);
    return new MessageChange(members);
  }

  /**
   * This change and another one.
   *
   * @param other wins where both name the same
   * @return both
   */
  public MessageChange and(MessageChange other) {
    JsonObject both = members.deepCopy();
    for (Map.Entry<String, JsonElement> member : other.members.entrySet()) {
      both.add(member.getKey(), member.getValue());
    }
    return new MessageChange(both);
  }

  JsonObject toJson() {
    return members.deepCopy();
  }

  /** The names of what is changed. */
  @Override
  public String toString() {
    return "MessageChange" + members.keySet();
  }
}
