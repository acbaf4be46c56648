package dev.latchkey.examples;

import com.google.gson.JsonObject;
import dev.latchkey.graph.GraphClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "reply",
    description = "Replies to a mail.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class GraphMailReplyCommand extends GraphAction {

  @Parameters(index = "0", paramLabel = "ID", description = "The mail, as 'list' shows it.")
  private String id;

  @Parameters(index = "1", paramLabel = "TEXT", description = "What to say.")
  private String text;

  GraphMailReplyCommand(Shell shell) {
    super(shell);
  }

  @Override
  void run(GraphClient graph, Output output) {
    graph.mail().reply(id, text);
    JsonObject event = Events.event("replied");
    event.addProperty("id", id);
    output.result(event, "Replied.");
  }

  @Override
  String whereToLook() {
    return GraphMailCommand.WHERE_TO_LOOK;
  }
}
