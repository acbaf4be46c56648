package dev.latchkey.graph;

import com.google.gson.JsonObject;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.internal.http.GraphCall;
import dev.latchkey.graph.internal.http.GraphHttp;
import dev.latchkey.graph.internal.http.GraphPath;
import dev.latchkey.graph.internal.http.PageIterator;
import dev.latchkey.graph.mail.ItemBody;
import dev.latchkey.graph.teams.Channel;
import dev.latchkey.graph.teams.ChannelMessage;
import dev.latchkey.graph.teams.Team;

/**
 * The teams of the signed-in user. Thread-safe. All calls block and throw as {@link GraphClient}
 * says.
 *
 * <pre>{@code
 * for (Team team : graph.teams().joined()) {
 *   for (Channel channel : graph.teams().channels(team.id())) {
 *     System.out.println(team.displayName() + ", " + channel.displayName());
 *   }
 * }
 * graph.teams().post(teamId, channelId, ItemBody.text("Done."));
 * }</pre>
 */
public final class Teams {

  private final GraphHttp http;

  Teams(GraphHttp http) {
    this.http = http;
  }

  /**
   * Lists the teams of which the user is a member. Needs {@code Team.ReadBasic.All}.
   *
   * @return the teams, fetched while they are walked
   * @see <a href="https://learn.microsoft.com/graph/api/user-list-joinedteams">List joinedTeams</a>
   */
  public Listing<Team> joined() {
    GraphCall call =
        GraphCall.get("list the joined teams", http.uri(GraphPath.of("me", "joinedTeams")))
            .scopes("Team.ReadBasic.All", "TeamSettings.Read.All", "TeamSettings.ReadWrite.All");
    return () -> new PageIterator<>(http, call, Team::fromJson);
  }

  /**
   * Lists the channels of a team that the user may see. Needs {@code Channel.ReadBasic.All}.
   *
   * @param teamId the team's id
   * @return the channels, fetched while they are walked
   * @see <a href="https://learn.microsoft.com/graph/api/channel-list">List channels</a>
   */
  public Listing<Channel> channels(String teamId) {
    GraphCall call =
        GraphCall.get(
                "list the channels of a team", http.uri(GraphPath.of("teams", teamId, "channels")))
            .scopes(
                "Channel.ReadBasic.All",
                "ChannelSettings.Read.All",
                "ChannelSettings.ReadWrite.All");
    return () -> new PageIterator<>(http, call, Channel::fromJson);
  }

  /**
   * Posts a message to a channel. One request; sent again only if Graph certainly did not post it.
   * Needs {@code ChannelMessage.Send}.
   *
   * @param teamId the team's id
   * @param channelId the channel's id
   * @param body the content
   * @return the message as Graph stored it
   * @throws OutcomeUnknown if no usable response came: the message may be in the channel
   * @see <a href="https://learn.microsoft.com/graph/api/channel-post-messages">Send message in
   *     channel</a>
   */
  public ChannelMessage post(String teamId, String channelId, ItemBody body) {
    GraphPath path = GraphPath.of("teams", teamId, "channels", channelId, "messages");
    return send("post to a channel", path, body);
  }

  /**
   * Replies to a message in a channel. One request; sent again only if Graph certainly did not post
   * it. Needs {@code ChannelMessage.Send}.
   *
   * @param teamId the team's id
   * @param channelId the channel's id
   * @param messageId the message that starts the thread, not a reply to it
   * @param body the content
   * @return the reply as Graph stored it
   * @throws OutcomeUnknown if no usable response came: the message may be in the channel
   * @see <a href="https://learn.microsoft.com/graph/api/chatmessage-post-replies">Reply to a
   *     message in a channel</a>
   */
  public ChannelMessage reply(String teamId, String channelId, String messageId, ItemBody body) {
    GraphPath path =
        GraphPath.of("teams", teamId, "channels", channelId, "messages", messageId, "replies");
    return send("reply in a channel", path, body);
  }

  private ChannelMessage send(String action, GraphPath path, ItemBody body) {
    JsonObject message = new JsonObject();
    message.add("body", body.toJson());
    GraphCall call =
        GraphCall.post(action, http.uri(path))
            .json(message)
            .scopes("ChannelMessage.Send", "Group.ReadWrite.All");
    return http.send(call).read(ChannelMessage::fromJson);
  }
}
