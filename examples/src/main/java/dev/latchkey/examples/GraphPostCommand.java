package dev.latchkey.examples;

import com.google.gson.JsonObject;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.graph.ItemBody;
import dev.latchkey.graph.teams.Channel;
import dev.latchkey.graph.teams.ChannelMessage;
import dev.latchkey.graph.teams.Team;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "post",
    description = "Posts a message to a channel of a team.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class GraphPostCommand extends GraphAction {

  private static final Pattern TEAM_ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  @Parameters(index = "0", paramLabel = "TEAM", description = "The team's id or name.")
  private String team;

  @Parameters(index = "1", paramLabel = "CHANNEL", description = "The channel's id or name.")
  private String channel;

  @Parameters(index = "2", paramLabel = "TEXT", description = "What to say.")
  private String text;

  GraphPostCommand(Shell shell) {
    super(shell);
  }

  @Override
  void run(GraphClient graph, Output output) {
    String teamId = teamId(graph);
    String channelId = channelId(graph, teamId);
    ChannelMessage message = graph.teams().post(teamId, channelId, ItemBody.text(text));
    JsonObject event = Events.event("posted");
    event.addProperty("id", message.id());
    event.addProperty("team_id", teamId);
    event.addProperty("channel_id", channelId);
    event.addProperty("created_at", GraphEvents.instant(message.createdDateTime()));
    event.addProperty("web_url", message.webUrl());
    output.result(event, "Posted to " + channel + " of " + team + ".");
  }

  /** An id is taken as it is: then posting needs no permission to list teams. */
  private String teamId(GraphClient graph) {
    if (TEAM_ID.matcher(team).matches()) {
      return team;
    }
    List<Team> named =
        graph.teams().joined().stream()
            .filter(t -> team.equalsIgnoreCase(t.displayName()))
            .toList();
    return only(named.stream().map(Team::id).toList(), "team", team);
  }

  private String channelId(GraphClient graph, String teamId) {
    if (channel.startsWith("19:")) {
      return channel;
    }
    List<Channel> named =
        graph.teams().channels(teamId).stream()
            .filter(c -> channel.equalsIgnoreCase(c.displayName()))
            .toList();
    return only(named.stream().map(Channel::id).toList(), "channel", channel);
  }

  private String only(List<String> ids, String kind, String name) {
    if (ids.size() == 1) {
      return ids.get(0);
    }
    throw wrongUsage(
        ids.isEmpty()
            ? "You are in no " + kind + " named '" + name + "'"
            : "Several are named '" + name + "'; say the " + kind + "'s id");
  }
}
