package dev.latchkey.graph.mail;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.Map;

/**
 * A change to a message; members that it does not name stay as they are. Immutable.
 *
 * @see dev.latchkey.graph.Batch
 */
public final class MessageChange {

  private final JsonObject members;

  private MessageChange(JsonObject members) {
    this.members = members;
  }

  /**
   * Marks a message as read or unread.
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
   * Replaces the categories of a message.
   *
   * @param names the names of the categories; empty to remove all
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
   * Combines this change with another one.
   *
   * @param other wins where both name the same member
   * @return the combined change
   */
  public MessageChange and(MessageChange other) {
    JsonObject both = members.deepCopy();
    for (Map.Entry<String, JsonElement> member : other.members.entrySet()) {
      both.add(member.getKey(), member.getValue());
    }
    return new MessageChange(both);
  }

  /**
   * Writes Graph's JSON, such as the body of a request in a batch.
   *
   * @return the members to change
   */
  public JsonObject toJson() {
    return members.deepCopy();
  }

  /** Names the members, without their values. */
  @Override
  public String toString() {
    return "MessageChange" + members.keySet();
  }
}
