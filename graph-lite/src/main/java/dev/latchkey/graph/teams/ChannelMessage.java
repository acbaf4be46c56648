package dev.latchkey.graph.teams;

import com.google.gson.JsonObject;
import dev.latchkey.graph.ItemBody;
import dev.latchkey.graph.http.Answer;
import dev.latchkey.graph.http.Members;
import dev.latchkey.internal.json.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message in a channel, or a reply to one. What Graph left out is null.
 *
 * @param id unique in its channel
 * @param replyToId the message that it answers
 * @param createdDateTime when it was posted
 * @param body what it says
 * @param webUrl where Teams shows it
 * @see <a href="https://learn.microsoft.com/graph/api/resources/chatmessage">chatMessage resource
 *     type</a>
 */
public record ChannelMessage(
    String id,
    @Nullable String replyToId,
    @Nullable Instant createdDateTime,
    @Nullable ItemBody body,
    @Nullable String webUrl) {

  /** Reads one that is the whole answer. */
  static ChannelMessage of(Answer answer) {
    return answer.read(ChannelMessage::read);
  }

  static ChannelMessage read(JsonObject json) {
    return new ChannelMessage(
        Json.requiredString(json, "id"),
        Json.string(json, "replyToId"),
        Members.instant(json, "createdDateTime"),
        Members.read(json, "body", ItemBody::read),
        Json.string(json, "webUrl"));
  }
}
