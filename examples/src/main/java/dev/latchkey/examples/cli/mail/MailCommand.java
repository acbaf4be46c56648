package dev.latchkey.examples.cli.mail;

import dev.latchkey.examples.cli.terminal.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "mail",
    description = "Lists, sends, answers and moves mail.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class MailCommand implements Runnable {

  @Spec private CommandSpec spec;

  public static CommandLine with(Shell shell) {
    return new CommandLine(new MailCommand())
        .addSubcommand(new MailListCommand(shell))
        .addSubcommand(new MailSendCommand(shell))
        .addSubcommand(new MailSendAllCommand(shell))
        .addSubcommand(new MailReplyCommand(shell))
        .addSubcommand(new MailMoveCommand(shell));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command.");
  }
}
