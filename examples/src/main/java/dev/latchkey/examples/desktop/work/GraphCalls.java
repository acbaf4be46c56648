package dev.latchkey.examples.desktop.work;

import dev.latchkey.examples.desktop.state.ChannelChoice;
import dev.latchkey.examples.desktop.state.Draft;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.graph.mail.ItemBody;
import dev.latchkey.graph.mail.Message;
import dev.latchkey.graph.mail.MessageQuery;
import dev.latchkey.graph.mail.NewMessage;
import dev.latchkey.graph.mail.SendJournal;
import dev.latchkey.graph.teams.Channel;
import dev.latchkey.graph.teams.Team;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls of several requests. All block. */
final class GraphCalls {

  private static final int MAILS = 50;

  private GraphCalls() {}

  static List<ChannelChoice> channels(GraphClient graph) {
    List<ChannelChoice> channels = new ArrayList<>();
    for (Team team : graph.teams().joined()) {
      for (Channel channel : graph.teams().channels(team.id())) {
        String name = name(team.displayName()) + " / " + name(channel.displayName());
        channels.add(new ChannelChoice(team.id(), channel.id(), name));
      }
    }
    return channels;
  }

  private static String name(@Nullable String given) {
    return given == null ? "(without a name)" : given;
  }

  static List<Message> mail(GraphClient graph) {
    return graph.mail().list(MessageQuery.inFolder("inbox").pageSize(MAILS)).stream()
        .limit(MAILS)
        .toList();
  }

  static String post(GraphClient graph, ChannelChoice channel, String text) {
    return graph.teams().post(channel.teamId(), channel.channelId(), ItemBody.text(text)).id();
  }

  /** Sends a mail, unless one of this key was sent. */
  static String send(GraphClient graph, SendJournal journal, String key, Draft draft) {
    String[] to =
        Arrays.stream(draft.to().split("[,;]", -1))
            .map(String::strip)
            .filter(address -> !address.isEmpty())
            .toArray(String[]::new);
    if (to.length == 0) {
      throw new IllegalArgumentException("the mail has no recipient");
    }
    NewMessage message = NewMessage.of(draft.subject(), ItemBody.text(draft.text())).to(to);
    return graph.mail().outbox(journal).send(key, message);
  }
}
