package dev.latchkey.testkit.graph;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Teams, their channels, and messages there. */
final class TeamHandler {

  private static final String TEAM = "/teams/(?<team>[^/]+)";
  private static final String CHANNEL = TEAM + "/channels/(?<channel>[^/]+)";
  private static final String MESSAGE = CHANNEL + "/messages/(?<message>[^/]+)";

  private final World world;

  TeamHandler(World world) {
    this.world = world;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/me/joinedTeams", this::joined),
        Route.of("GET", TEAM, this::team),
        Route.of("GET", TEAM + "/channels", this::channels),
        Route.of("GET", CHANNEL, this::channel),
        Route.of("GET", CHANNEL + "/messages", this::messages),
        Route.of("POST", CHANNEL + "/messages", this::post),
        Route.of("GET", MESSAGE, this::message),
        Route.of("GET", MESSAGE + "/replies", this::replies),
        Route.of("POST", MESSAGE + "/replies", this::post));
  }

  private GraphAnswer joined(Call call) {
    require(call, Permission.TEAMS_READ);
    Stream<JsonObject> teams =
        world.teams().stream().filter(team -> team.hasMember(call.person())).map(TeamHandler::json);
    return Page.of(call, teams.skip(Page.position(call)), 100);
  }

  private GraphAnswer team(Call call) {
    return GraphAnswer.json(200, Select.of(call).apply(json(find(call, Permission.TEAMS_READ))));
  }

  private GraphAnswer channels(Call call) {
    Team team = find(call, Permission.CHANNELS_READ);
    return Page.of(
        call, team.channels().stream().skip(Page.position(call)).map(TeamHandler::json), 100);
  }

  private GraphAnswer channel(Call call) {
    Channel channel = channel(call, find(call, Permission.CHANNELS_READ));
    return GraphAnswer.json(200, Select.of(call).apply(json(channel)));
  }

  private GraphAnswer messages(Call call) {
    Team team = find(call, Permission.CHANNEL_READ);
    return page(call, team, null);
  }

  private GraphAnswer replies(Call call) {
    Team team = find(call, Permission.CHANNEL_READ);
    return page(call, team, root(call, channel(call, team)).id());
  }

  private GraphAnswer page(Call call, Team team, @Nullable String repliesTo) {
    Channel channel = channel(call, team);
    List<ChannelMessage> newestFirst = new ArrayList<>(channel.messages());
    newestFirst.removeIf(message -> !Objects.equals(message.replyToId(), repliesTo));
    Collections.reverse(newestFirst);
    return Page.of(
        call,
        newestFirst.stream().skip(Page.position(call)).map(each -> each.json(team, channel)),
        20);
  }

  private GraphAnswer message(Call call) {
    Team team = find(call, Permission.CHANNEL_READ);
    Channel channel = channel(call, team);
    return GraphAnswer.json(200, root(call, channel).json(team, channel));
  }

  private GraphAnswer post(Call call) {
    Team team = find(call, Permission.CHANNEL_SEND);
    Channel channel = channel(call, team);
    String replyTo = call.request().path().endsWith("/replies") ? root(call, channel).id() : null;
    JsonObject message = call.json();
    JsonObject body = Json.object(message, "body");
    String content = body == null ? null : Json.string(body, "content");
    if (body == null || content == null || content.isEmpty()) {
      throw GraphFailure.badRequest("Missing body content");
    }
    String type = Json.string(body, "contentType");
    ChannelMessage posted =
        channel.post(
            call.person(),
            replyTo,
            Json.string(message, "subject"),
            type == null ? "text" : type.toLowerCase(Locale.ROOT),
            content);
    return GraphAnswer.json(201, posted.json(team, channel));
  }

  private Team find(Call call, Permission permission) {
    require(call, permission);
    Team team = world.team(call.id("team"));
    if (team == null) {
      throw GraphFailure.of(404, "NotFound", "No team found with Group Id " + call.id("team"));
    }
    if (!team.hasMember(call.person())) {
      throw GraphFailure.of(403, "Forbidden", "The caller is not a member of the team.");
    }
    return team;
  }

  private static Channel channel(Call call, Team team) {
    Channel channel = team.channel(call.id("channel"));
    if (channel == null) {
      throw GraphFailure.of(404, "NotFound", "No channel found with the id.", "NotFound");
    }
    return channel;
  }

  /** The message that begins a thread. */
  private static ChannelMessage root(Call call, Channel channel) {
    return channel.messages().stream()
        .filter(each -> each.id().equals(call.id("message")) && each.replyToId() == null)
        .findFirst()
        .orElseThrow(() -> GraphFailure.of(404, "NotFound", "NotFound", "1", "MessageNotFound"));
  }

  private static void require(Call call, Permission permission) {
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

  private static JsonObject json(Team team) {
    JsonObject json = new JsonObject();
    json.addProperty("id", team.id());
    json.addProperty("displayName", team.name());
    json.addProperty("description", team.name());
    json.addProperty("isArchived", false);
    return json;
  }

  private static JsonObject json(Channel channel) {
    JsonObject json = new JsonObject();
    json.addProperty("id", channel.id());
    json.addProperty("displayName", channel.name());
    json.add("description", JsonNull.INSTANCE);
    json.addProperty("membershipType", "standard");
    json.addProperty("webUrl", "https://teams.example/l/channel/" + channel.id());
    return json;
  }
}
