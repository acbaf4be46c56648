package dev.latchkey.examples.cli.mail;

import dev.latchkey.examples.cli.graph.GraphEvents;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.graph.mail.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "move",
    description = "Moves a mail to another folder.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class MailMoveCommand extends MailClientCommand {

  @Parameters(index = "0", paramLabel = "ID", description = "The mail's id, as 'list' shows it.")
  private String id;

  @Parameters(
      index = "1",
      paramLabel = "FOLDER",
      description = "A folder's id or well-known name: inbox, archive, deleteditems…")
  private String folder;

  MailMoveCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected void run(GraphClient graph, Output output) {
    Message mail = graph.mail().move(id, folder);
    output.result(GraphEvents.mail(mail), "The mail was moved to " + folder + ".");
  }
}
