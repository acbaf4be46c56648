package dev.latchkey.testkit.internal.graph.team;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import dev.latchkey.testkit.internal.graph.call.GraphRoute;
import dev.latchkey.testkit.internal.graph.call.JsonMembers;
import dev.latchkey.testkit.internal.graph.call.Page;
import dev.latchkey.testkit.internal.graph.call.Permission;
import dev.latchkey.testkit.internal.graph.call.RoutedCall;
import dev.latchkey.testkit.internal.graph.call.Select;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Teams, their channels and the messages in them. */
public final class TeamHandler {

  private static final String TEAM = "/teams/(?<team>[^/]+)";
  private static final String CHANNEL = TEAM + "/channels/(?<channel>[^/]+)";
  private static final String MESSAGE = CHANNEL + "/messages/(?<message>[^/]+)";

  private final StoredTeams teams;

  public TeamHandler(StoredTeams teams) {
    this.teams = teams;
  }

  public List<GraphRoute> routes() {
    return List.of(
        GraphRoute.of("GET", "/me/joinedTeams", this::joined),
        GraphRoute.of("GET", TEAM, this::team),
        GraphRoute.of("GET", TEAM + "/channels", this::channels),
        GraphRoute.of("GET", CHANNEL, this::channel),
        GraphRoute.of("GET", CHANNEL + "/messages", this::messages),
        GraphRoute.of("POST", CHANNEL + "/messages", this::post),
        GraphRoute.of("GET", MESSAGE, this::message),
        GraphRoute.of("GET", MESSAGE + "/replies", this::replies),
        GraphRoute.of("POST", MESSAGE + "/replies", this::post));
  }

  private HttpAnswer joined(RoutedCall call) {
    require(call, Permission.TEAMS_READ);
    Stream<JsonObject> joined =
        teams.all().stream().filter(team -> team.hasMember(call.person())).map(TeamHandler::json);
    return Page.of(call, joined.skip(Page.position(call)), 100);
  }

  private HttpAnswer team(RoutedCall call) {
    return HttpAnswer.json(200, Select.of(call).apply(json(find(call, Permission.TEAMS_READ))));
  }

  private HttpAnswer channels(RoutedCall call) {
    StoredTeam team = find(call, Permission.CHANNELS_READ);
    return Page.of(
        call, team.channels().stream().skip(Page.position(call)).map(TeamHandler::json), 100);
  }

  private HttpAnswer channel(RoutedCall call) {
    StoredChannel channel = channel(call, find(call, Permission.CHANNELS_READ));
    return HttpAnswer.json(200, Select.of(call).apply(json(channel)));
  }

  private HttpAnswer messages(RoutedCall call) {
    StoredTeam team = find(call, Permission.CHANNEL_READ);
    return page(call, team, null);
  }

  private HttpAnswer replies(RoutedCall call) {
    StoredTeam team = find(call, Permission.CHANNEL_READ);
    return page(call, team, root(call, channel(call, team)).id());
  }

  private HttpAnswer page(RoutedCall call, StoredTeam team, @Nullable String repliesTo) {
    StoredChannel channel = channel(call, team);
    List<StoredPost> newestFirst = new ArrayList<>(channel.messages());
    newestFirst.removeIf(message -> !Objects.equals(message.replyToId(), repliesTo));
    Collections.reverse(newestFirst);
    return Page.of(
        call,
        newestFirst.stream().skip(Page.position(call)).map(each -> each.json(team, channel)),
        20);
  }

  private HttpAnswer message(RoutedCall call) {
    StoredTeam team = find(call, Permission.CHANNEL_READ);
    StoredChannel channel = channel(call, team);
    return HttpAnswer.json(200, root(call, channel).json(team, channel));
  }

  private HttpAnswer post(RoutedCall call) {
    StoredTeam team = find(call, Permission.CHANNEL_SEND);
    StoredChannel channel = channel(call, team);
    String replyTo = call.path().endsWith("/replies") ? root(call, channel).id() : null;
    JsonObject message = call.json();
    JsonObject body = JsonMembers.object(message, "body");
    String content = body == null ? null : JsonMembers.string(body, "content");
    if (body == null || content == null || content.isEmpty()) {
      throw GraphFailure.badRequest("Missing body content");
    }
    String type = JsonMembers.string(body, "contentType");
    StoredPost posted =
        channel.post(
            call.person(),
            replyTo,
            JsonMembers.string(message, "subject"),
            type == null ? "text" : type.toLowerCase(Locale.ROOT),
            content,
            importance(message));
    return HttpAnswer.json(201, posted.json(team, channel));
  }

  /** As the resource type chatMessage has it; an enumeration of Graph's is not case-sensitive. */
  private static String importance(JsonObject message) {
    String wanted = JsonMembers.string(message, "importance");
    String importance = wanted == null ? "normal" : wanted.toLowerCase(Locale.ROOT);
    if (!Set.of("normal", "high", "urgent").contains(importance)) {
      throw GraphFailure.badRequest("Invalid value specified for property 'importance'.");
    }
    return importance;
  }

  private StoredTeam find(RoutedCall call, Permission permission) {
    require(call, permission);
    StoredTeam team = teams.find(call.id("team"));
    if (team == null) {
      throw GraphFailure.of(404, "NotFound", "No team found with Group Id " + call.id("team"));
    }
    if (!team.hasMember(call.person())) {
      throw GraphFailure.of(403, "Forbidden", "The caller is not a member of the team.");
    }
    return team;
  }

  private static StoredChannel channel(RoutedCall call, StoredTeam team) {
    StoredChannel channel = team.channel(call.id("channel"));
    if (channel == null) {
      throw GraphFailure.of(404, "NotFound", "No channel found with the id.", "NotFound");
    }
    return channel;
  }

  /** The first message of a thread. */
  private static StoredPost root(RoutedCall call, StoredChannel channel) {
    return channel.messages().stream()
        .filter(each -> each.id().equals(call.id("message")) && each.replyToId() == null)
        .findFirst()
        .orElseThrow(() -> GraphFailure.of(404, "NotFound", "NotFound", "1", "MessageNotFound"));
  }

  private static void require(RoutedCall call, Permission permission) {
    call.require(
        permission,
        () ->
            GraphFailure.of(
                403,
                "Forbidden",
                "Missing scope permissions on the request. API requires one of '%s'. Scopes on the"
                        .formatted(String.join(", ", permission.scopes()))
                    + " request '%s'".formatted(String.join(", ", call.caller().scopes()))));
  }

  private static JsonObject json(StoredTeam team) {
    JsonObject json = new JsonObject();
    json.addProperty("id", team.id());
    json.addProperty("displayName", team.name());
    json.addProperty("description", team.name());
    json.addProperty("isArchived", false);
    return json;
  }

  private static JsonObject json(StoredChannel channel) {
    JsonObject json = new JsonObject();
    json.addProperty("id", channel.id());
    json.addProperty("displayName", channel.name());
    json.add("description", JsonNull.INSTANCE);
    json.addProperty("membershipType", "standard");
    json.addProperty("webUrl", "https://teams.example/l/channel/" + channel.id());
    return json;
  }
}
