package dev.latchkey.examples.cli;

import dev.latchkey.Account;
import dev.latchkey.PublicClient;
import dev.latchkey.SignOutResult;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.examples.cli.command.ClientCommand;
import dev.latchkey.examples.cli.output.JsonEvents;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.store.TokenStore;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "sign-out",
    description = "Forgets an account, and revokes its tokens where the server can.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SignOutCommand extends ClientCommand {

  @Option(names = "--all", fallbackValue = "true", description = "All accounts of this client.")
  private boolean all;

  SignOutCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected int run(PublicClient client, TokenStore store, Output output) {
    List<Account> accounts = all ? accounts(client) : List.of(chosenAccount(client));
    @Nullable LatchkeyException failure = null;
    for (Account account : accounts) {
      try {
        SignOutResult done = client.signOut(account);
        output.result(JsonEvents.signedOut(done), text(done));
      } catch (LatchkeyException e) { // the others go all the same
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
    if (all) {
      requireAllReadable(client);
    }
    if (accounts.isEmpty()) {
      output.tell("Nobody is signed in.");
    }
    return DONE;
  }

  @Override
  protected String whenNobodyFits() {
    return "There is nothing to sign out; 'latchkey accounts' shows who is signed in.";
  }

  private static String text(SignOutResult done) {
    return "Signed out "
        + label(done.account())
        + (done.revoked()
            ? "; its tokens are revoked."
            : "; forgotten here, but not revoked at the server.");
  }
}
