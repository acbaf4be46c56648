package dev.latchkey.graph.teams;

import com.google.gson.JsonObject;
import dev.latchkey.graph.ItemBody;
import dev.latchkey.graph.Listing;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.http.Call;
import dev.latchkey.graph.http.GraphHttp;
import dev.latchkey.graph.http.Pages;
import dev.latchkey.graph.http.Route;

/**
 * The teams of the person who is signed in. Thread-safe. All calls block and throw as {@link
 * dev.latchkey.graph.GraphClient} says.
 */
public final class Teams {

  private final GraphHttp http;

  /**
   * Made by {@link dev.latchkey.graph.GraphClient#teams()}.
   *
   * @param http sends the requests
   */
  public Teams(GraphHttp http) {
    this.http = http;
  }

  /**
   * The teams that the person is a member of. Needs {@code Team.ReadBasic.All}.
   *
   * @return the teams, fetched while they are walked
   * @see <a href="https://learn.microsoft.com/graph/api/user-list-joinedteams">List joinedTeams</a>
   */
  public Listing<Team> joined() {
    Call call =
        Call.get("list the joined teams", http.uri(Route.of("me", "joinedTeams")))
            .scopes("Team.ReadBasic.All", "TeamSettings.Read.All", "TeamSettings.ReadWrite.All");
    return new Pages<>(http, call, Team::read);
  }

  /**
   * The channels of a team that the person may see. Needs {@code Channel.ReadBasic.All}.
   *
   * @param teamId the team's id
   * @return the channels, fetched while they are walked
   * @see <a href="https://learn.microsoft.com/graph/api/channel-list">List channels</a>
   */
  public Listing<Channel> channels(String teamId) {
    Call call =
        Call.get("list the channels of a team", http.uri(Route.of("teams", teamId, "channels")))
            .scopes(
                "Channel.ReadBasic.All",
                "ChannelSettings.Read.All",
                "ChannelSettings.ReadWrite.All");
    return new Pages<>(http, call, Channel::read);
  }

  /**
   * Posts a message into a channel. One request; sent again only if Graph certainly did not post
   * it. Needs {@code ChannelMessage.Send}.
   *
   * @param teamId the team's id
   * @param channelId the channel's id
   * @param body what to say
   * @return the message as Graph stored it
   * @throws OutcomeUnknown if no usable answer came: it may stand in the channel
   * @see <a href="https://learn.microsoft.com/graph/api/channel-post-messages">Send message in
   *     channel</a>
   */
  public ChannelMessage post(String teamId, String channelId, ItemBody body) {
    Route route = Route.of("teams", teamId, "channels", channelId, "messages");
    return say("post into a channel", route, body);
  }

  /**
   * Answers a message in a channel. One request; sent again only if Graph certainly did not post
   * it. Needs {@code ChannelMessage.Send}.
   *
   * @param teamId the team's id
   * @param channelId the channel's id
   * @param messageId the message that begins the thread, not a reply to it
   * @param body what to say
   * @return the reply as Graph stored it
   * @throws OutcomeUnknown if no usable answer came: it may stand in the channel
   * @see <a href="https://learn.microsoft.com/graph/api/chatmessage-post-replies">Reply to a
   *     message in a channel</a>
   */
  public ChannelMessage reply(String teamId, String channelId, String messageId, ItemBody body) {
    Route route =
        Route.of("teams", teamId, "channels", channelId, "messages", messageId, "replies");
    return say("reply in a channel", route, body);
  }

  private ChannelMessage say(String action, Route route, ItemBody body) {
    JsonObject message = new JsonObject();
    message.add("body", body.toJson());
    Call call =
        Call.post(action, http.uri(route))
            .json(message)
            .scopes("ChannelMessage.Send", "Group.ReadWrite.All");
    return ChannelMessage.of(http.send(call));
  }
}
