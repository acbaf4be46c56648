package dev.latchkey.examples.cli.mail;

import dev.latchkey.examples.cli.graph.GraphEvents;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.graph.mail.Message;
import dev.latchkey.graph.mail.MessageQuery;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    description = "Lists mail, newest first.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class MailListCommand extends MailClientCommand {

  @Option(
      names = "--folder",
      paramLabel = "ID|NAME",
      defaultValue = "inbox",
      description =
          "A folder's id or well-known name: inbox (the default), sentitems, drafts, archive…")
  private String folder;

  @Option(
      names = "--filter",
      paramLabel = "ODATA",
      description = "An OData filter, such as \"isRead eq false\".")
  private @Nullable String filter;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "25",
      description = "The maximum number of mails; 25 by default.")
  private int limit;

  MailListCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected void run(GraphClient graph, Output output) {
    if (limit < 1) {
      throw wrongUsage("--limit must be at least 1");
    }
    MessageQuery query = MessageQuery.inFolder(folder).pageSize(Math.min(limit, 100));
    // No order: Graph requires it to agree with the filter, and its default is newest first.
    graph.mail().list(filter == null ? query : query.filter(filter)).stream()
        .limit(limit)
        .forEach((Message mail) -> output.listed(GraphEvents.mail(mail), GraphEvents.lines(mail)));
  }
}
