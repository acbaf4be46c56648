package dev.latchkey.examples.cli;

import dev.latchkey.AccountStatus;
import dev.latchkey.PublicClient;
import dev.latchkey.examples.cli.command.ClientCommand;
import dev.latchkey.examples.cli.output.JsonEvents;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.store.TokenStore;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
    name = "accounts",
    description = "Lists who is signed in, or chooses the default account.",
    synopsisSubcommandLabel = "[COMMAND]",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class AccountsCommand extends ClientCommand {

  AccountsCommand(Shell shell) {
    super(shell);
  }

  static CommandLine with(Shell shell) {
    return new CommandLine(new AccountsCommand(shell)).addSubcommand(new AccountsUseCommand(shell));
  }

  @Override
  protected int run(PublicClient client, TokenStore store, Output output) {
    List<AccountStatus> listed = listed(client);
    String preferred = defaultAccountId();
    for (AccountStatus status : listed) {
      String mark = status.account().id().equals(preferred) ? "  default" : "";
      output.result(JsonEvents.account(status), line(status) + mark);
    }
    if (listed.isEmpty() && !output.isJson()) {
      output.tell("No account is signed in.");
    }
    requireAllReadable(client);
    return DONE;
  }

  private List<AccountStatus> listed(PublicClient client) {
    String wanted = options.account();
    return accounts(client).stream()
        .filter(account -> wanted == null || isNamed(account, wanted))
        .flatMap(account -> Stream.ofNullable(client.status(account)))
        .toList();
  }

  private static String line(AccountStatus status) {
    return line(status.account()) + "  " + stateText(status);
  }

  static String stateText(AccountStatus status) {
    return status.signInRequired() == null
        ? "ready"
        : "sign-in required: " + JsonEvents.lower(status.signInRequired()).replace('_', ' ');
  }
}
