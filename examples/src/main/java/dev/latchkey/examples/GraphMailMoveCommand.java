package dev.latchkey.examples;

import dev.latchkey.graph.GraphClient;
import dev.latchkey.graph.mail.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "move",
    description = "Moves a mail to another folder.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class GraphMailMoveCommand extends GraphAction {

  @Parameters(index = "0", paramLabel = "ID", description = "The mail, as 'list' shows it.")
  private String id;

  @Parameters(
      index = "1",
      paramLabel = "FOLDER",
      description = "A folder's id, or inbox, archive, deleteditems…")
  private String folder;

  GraphMailMoveCommand(Shell shell) {
    super(shell);
  }

  @Override
  void run(GraphClient graph, Output output) {
    Message mail = graph.mail().move(id, folder);
    output.result(GraphEvents.mail(mail), "Moved to " + folder + ".");
  }

  @Override
  String whereToLook() {
    return GraphMailCommand.WHERE_TO_LOOK;
  }
}
