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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "sign-out",
    description = "Signs an account out, and revokes its tokens if the server can.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SignOutCommand extends ClientCommand {

  @Option(
      names = "--all",
      fallbackValue = "true",
      description = "Sign out all accounts of this client.")
  private boolean all;

  SignOutCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected int run(PublicClient client, TokenStore store, Output output) {
    List<Account> accounts = all ? accounts(client) : List.of(chosenAccount(client));
    List<Account> signedOut = new ArrayList<>();
    @Nullable LatchkeyException failure = null;
    for (Account account : accounts) {
      try {
        SignOutResult done = client.signOut(account);
        signedOut.add(account);
        output.result(JsonEvents.signedOut(done), text(done));
      } catch (LatchkeyException e) { // the other accounts are signed out all the same
        failure = failure == null ? e : failure;
      }
    }
    signedOut.forEach(this::forgetDefault);
    if (failure != null) {
      throw failure;
    }
    if (all) {
      requireAllReadable(client);
    }
    if (accounts.isEmpty()) {
      output.tell("No account is signed in.");
    }
    return DONE;
  }

  @Override
  protected String remedyIfNotSignedIn() {
    return "There is nothing to sign out; 'latchkey accounts' lists who is signed in.";
  }

  private static String text(SignOutResult done) {
    return label(done.account())
        + " is signed out"
        + switch (done.revocation()) {
          case CONFIRMED -> ", and its tokens are revoked.";
          case NO_TOKEN -> " here; there was no refresh token to revoke.";
          case NOT_OFFERED ->
              " here; its tokens were not revoked at the server, which offers no revocation.";
          case NOT_FOR_PUBLIC_CLIENTS ->
              " here; its tokens were not revoked at the server, which revokes only for clients"
                  + " with a secret.";
          case FAILED -> " here; its tokens were not revoked at the server.";
        };
  }
}
