package dev.latchkey.testkit.internal.graph.team;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.graph.call.GraphUser;
import dev.latchkey.testkit.internal.graph.call.JsonMembers;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message in a channel.
 *
 * @param replyToId null if it starts a thread
 * @param importance {@code normal}, {@code high} or {@code urgent}
 */
public record StoredPost(
    String id,
    @Nullable String replyToId,
    GraphUser from,
    @Nullable String subject,
    String contentType,
    String content,
    String importance,
    Instant created) {

  JsonObject json(StoredTeam team, StoredChannel channel) {
    JsonObject json = new JsonObject();
    json.addProperty("id", id);
    json.addProperty("replyToId", replyToId);
    json.addProperty("etag", id);
    json.addProperty("messageType", "message");
    json.addProperty("createdDateTime", JsonMembers.time(created));
    json.add("deletedDateTime", JsonNull.INSTANCE);
    json.addProperty("subject", subject);
    json.addProperty("importance", importance);
    JsonObject user = new JsonObject();
    user.addProperty("id", from.id());
    user.addProperty("displayName", from.displayName());
    user.addProperty("userIdentityType", "aadUser");
    JsonObject author = new JsonObject();
    author.add("application", JsonNull.INSTANCE);
    author.add("user", user);
    json.add("from", author);
    JsonObject body = JsonMembers.of("contentType", contentType);
    body.addProperty("content", content);
    json.add("body", body);
    JsonObject place = JsonMembers.of("teamId", team.id());
    place.addProperty("channelId", channel.id());
    json.add("channelIdentity", place);
    json.addProperty("webUrl", "https://teams.example/l/message/%s/%s".formatted(channel.id(), id));
    return json;
  }
}
