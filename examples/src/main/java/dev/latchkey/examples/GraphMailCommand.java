package dev.latchkey.examples;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "mail",
    description = "Works in your mailbox.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n")
final class GraphMailCommand implements Runnable {

  static final String WHERE_TO_LOOK =
      "Check the ids of mail and folder; 'latchkey graph mail list' shows mails with theirs.";

  @Spec private CommandSpec spec;

  static CommandLine with(Shell shell) {
    return new CommandLine(new GraphMailCommand())
        .addSubcommand(new GraphMailListCommand(shell))
        .addSubcommand(new GraphMailSendCommand(shell))
        .addSubcommand(new GraphMailSendAllCommand(shell))
        .addSubcommand(new GraphMailReplyCommand(shell))
        .addSubcommand(new GraphMailMoveCommand(shell));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do with mail.");
  }
}
