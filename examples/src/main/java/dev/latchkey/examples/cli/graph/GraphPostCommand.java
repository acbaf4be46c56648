package dev.latchkey.examples.cli.graph;

import com.google.gson.JsonObject;
import dev.latchkey.examples.cli.output.CommandError;
import dev.latchkey.examples.cli.output.CommandException;
import dev.latchkey.examples.cli.output.JsonEvents;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.graph.mail.ItemBody;
import dev.latchkey.graph.teams.ChannelMessage;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "post",
    description = "Posts a message to a channel of a team.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class GraphPostCommand extends GraphClientCommand {

  private static final Pattern TEAM_ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  @Parameters(index = "0", paramLabel = "TEAM", description = "The team's id or name.")
  private String team;

  @Parameters(index = "1", paramLabel = "CHANNEL", description = "The channel's id or name.")
  private String channel;

  @Parameters(index = "2", paramLabel = "TEXT", description = "The message.")
  private String text;

  GraphPostCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected void run(GraphClient graph, Output output) {
    String teamId = teamId(graph);
    String channelId = channelId(graph, teamId);
    ChannelMessage message = graph.teams().post(teamId, channelId, ItemBody.text(text));
    JsonObject event = JsonEvents.event("posted");
    event.addProperty("id", message.id());
    event.addProperty("team_id", teamId);
    event.addProperty("channel_id", channelId);
    event.addProperty("created_at", GraphEvents.instant(message.createdDateTime()));
    event.addProperty("web_url", message.webUrl());
    output.result(event, "The message was posted to channel " + channel + " of team " + team + ".");
  }

  @Override
  protected String whereToLook() {
    return "Check the ids of team and channel, or give their names instead.";
  }

  /** Uses an id as it is: then posting needs no permission to list teams. */
  private String teamId(GraphClient graph) {
    if (TEAM_ID.matcher(team).matches()) {
      return team;
    }
    List<Named> joined =
        graph.teams().joined().stream().map(t -> new Named(t.id(), t.displayName())).toList();
    return only(joined, team, "team", "You are not a member of a team named '" + team + "'");
  }

  private String channelId(GraphClient graph, String teamId) {
    if (channel.startsWith("19:")) {
      return channel;
    }
    List<Named> channels =
        graph.teams().channels(teamId).stream()
            .map(c -> new Named(c.id(), c.displayName()))
            .toList();
    return only(
        channels,
        channel,
        "channel",
        "The team " + team + " has no channel named '" + channel + "'");
  }

  private String only(List<Named> all, String wanted, String kind, String none) {
    List<Named> named = all.stream().filter(one -> wanted.equalsIgnoreCase(one.name())).toList();
    if (named.size() == 1) {
      return named.get(0).id();
    }
    if (named.isEmpty()) {
      throw new CommandException(CommandError.notFound(none, namesOf(all, kind)), null);
    }
    String ids = named.stream().map(Named::id).collect(Collectors.joining(", "));
    throw wrongUsage(
        "Several " + kind + "s are named '" + wanted + "'; give the id, one of: " + ids);
  }

  private static String namesOf(List<Named> all, String kind) {
    return all.isEmpty()
        ? "This account can see no " + kind + "."
        : all.stream()
            .map(one -> one.name() == null ? one.id() : one.name())
            .sorted(String.CASE_INSENSITIVE_ORDER)
            .collect(Collectors.joining(", ", "Choose one of: ", "."));
  }

  /** A team or a channel. */
  private record Named(String id, @Nullable String name) {}
}
