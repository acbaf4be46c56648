package dev.latchkey.examples.cli;

import dev.latchkey.Account;
import dev.latchkey.PublicClient;
import dev.latchkey.examples.cli.command.ClientCommand;
import dev.latchkey.examples.cli.output.JsonEvents;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.store.TokenStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "use",
    description =
        "Makes an account the default: the other commands use it unless --account names another.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class AccountsUseCommand extends ClientCommand {

  @Parameters(paramLabel = "ID|USERNAME", description = "The account, which is signed in.")
  private String wanted;

  AccountsUseCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected void check() {
    if (!spec.parent().commandLine().getParseResult().matchedOptions().isEmpty()) {
      throw wrongUsage("The options must come after 'use'"); // else they would be ignored
    }
  }

  @Override
  protected int run(PublicClient client, TokenStore store, Output output) {
    Account account = account(client, wanted);
    String other = options.account();
    if (other != null && !isNamed(account, other)) {
      throw wrongUsage( // else it would silently win over the default
          options.accountOption()
              + " names "
              + other
              + ", which the commands would go on to use; change or remove it first");
    }
    makeDefault(account);
    output.result(
        JsonEvents.defaultAccount(account), label(account) + " is the default account now.");
    return DONE;
  }
}
