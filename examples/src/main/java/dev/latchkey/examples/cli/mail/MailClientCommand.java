package dev.latchkey.examples.cli.mail;

import dev.latchkey.examples.cli.graph.GraphClientCommand;
import dev.latchkey.examples.cli.terminal.Shell;

/** A command that works in the mailbox of one of the accounts. */
abstract class MailClientCommand extends GraphClientCommand {

  MailClientCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected final String whereToLook() {
    return "Check the mail's id and the folder; 'latchkey graph mail list' shows the ids.";
  }
}
