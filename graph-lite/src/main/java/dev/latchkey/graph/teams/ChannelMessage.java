package dev.latchkey.graph.teams;

import com.google.gson.JsonObject;
import dev.latchkey.graph.internal.json.GraphJson;
import dev.latchkey.graph.mail.ItemBody;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.json.JsonInstants;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message in a channel, or a reply to one. A member that Graph left out is null.
 *
 * @param id unique within its channel
 * @param replyToId the message that it replies to
 * @param createdDateTime when it was posted
 * @param body the content
 * @param webUrl shows it in Teams
 * @see <a href="https://learn.microsoft.com/graph/api/resources/chatmessage">chatMessage resource
 *     type</a>
 * @see dev.latchkey.graph.Teams
 */
public record ChannelMessage(
    String id,
    @Nullable String replyToId,
    @Nullable Instant createdDateTime,
    @Nullable ItemBody body,
    @Nullable String webUrl) {

  /**
   * Reads Graph's JSON, such as the body of a batch's response.
   *
   * @param json a chatMessage
   * @return the message
   * @throws RuntimeException if it has no id
   */
  public static ChannelMessage fromJson(JsonObject json) {
    return new ChannelMessage(
        Json.requiredString(json, "id"),
        Json.string(json, "replyToId"),
        JsonInstants.read(json, "createdDateTime"),
        GraphJson.read(json, "body", ItemBody::fromJson),
        Json.string(json, "webUrl"));
  }
}
