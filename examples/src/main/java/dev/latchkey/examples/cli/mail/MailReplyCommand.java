package dev.latchkey.examples.cli.mail;

import com.google.gson.JsonObject;
import dev.latchkey.examples.cli.output.JsonEvents;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.graph.GraphClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "reply",
    description = "Replies to a mail.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class MailReplyCommand extends MailClientCommand {

  @Parameters(index = "0", paramLabel = "ID", description = "The mail's id, as 'list' shows it.")
  private String id;

  @Parameters(index = "1", paramLabel = "TEXT", description = "The reply.")
  private String text;

  MailReplyCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected void run(GraphClient graph, Output output) {
    graph.mail().reply(id, text);
    JsonObject event = JsonEvents.event("replied");
    event.addProperty("id", id);
    output.result(event, "The reply was sent.");
  }
}
