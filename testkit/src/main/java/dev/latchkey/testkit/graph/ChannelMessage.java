package dev.latchkey.testkit.graph;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message of a channel.
 *
 * @param replyToId null if it begins a thread
 */
public record ChannelMessage(
    String id,
    @Nullable String replyToId,
    Person from,
    @Nullable String subject,
    String contentType,
    String content,
    Instant created) {

  JsonObject json(Team team, Channel channel) {
    JsonObject json = new JsonObject();
    json.addProperty("id", id);
    json.addProperty("replyToId", replyToId);
    json.addProperty("etag", id);
    json.addProperty("messageType", "message");
    json.addProperty("createdDateTime", Json.time(created));
    json.add("deletedDateTime", JsonNull.INSTANCE);
    json.addProperty("subject", subject);
    json.addProperty("importance", "normal");
    JsonObject user = new JsonObject();
    user.addProperty("id", from.id());
    user.addProperty("displayName", from.displayName());
    user.addProperty("userIdentityType", "aadUser");
    JsonObject author = new JsonObject();
    author.add("application", JsonNull.INSTANCE);
    author.add("user", user);
    json.add("from", author);
    JsonObject body = Json.of("contentType", contentType);
    body.addProperty("content", content);
    json.add("body", body);
    JsonObject place = Json.of("teamId", team.id());
    place.addProperty("channelId", channel.id());
    json.add("channelIdentity", place);
    json.addProperty("webUrl", "https://teams.example/l/message/%s/%s".formatted(channel.id(), id));
    return json;
  }
}
