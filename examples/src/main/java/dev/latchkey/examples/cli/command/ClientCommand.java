package dev.latchkey.examples.cli.command;

import dev.latchkey.Account;
import dev.latchkey.AccountStatus;
import dev.latchkey.PublicClient;
import dev.latchkey.PublicClientBuilder;
import dev.latchkey.TokenSource;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.store.TokenStore;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** A command about the accounts of one client in one store. */
public abstract class ClientCommand extends ShellCommand {

  @Mixin protected ClientOptions options;

  protected ClientCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected final int run(Output output) {
    PublicClientBuilder client = options.client();
    try (TokenStore store = options.openStore(shell)) {
      return run(client.tokenStore(store).build(), store, output);
    }
  }

  protected abstract int run(PublicClient client, TokenStore store, Output output);

  /** Who is signed in, in the same order every time: stores have none. */
  protected static List<Account> accounts(PublicClient client) {
    return client.accounts().stream()
        .sorted(
            Comparator.comparing(
                    Account::username, Comparator.nullsLast(String.CASE_INSENSITIVE_ORDER))
                .thenComparing(Account::id))
        .toList();
  }

  /** The account that {@code --account} names, or else the only one. */
  protected Account chosenAccount(PublicClient client) {
    List<Account> accounts = accounts(client);
    String wanted = options.account();
    List<Account> fitting =
        wanted == null ? accounts : accounts.stream().filter(a -> isNamed(a, wanted)).toList();
    if (fitting.isEmpty() || wanted == null) {
      requireAllReadable(client); // whoever cannot be read may be the one that is meant
    }
    if (fitting.size() == 1) {
      return fitting.get(0);
    }
    if (fitting.isEmpty()) {
      throw new SignInRequired(
          SignInRequired.Reason.SIGNED_OUT,
          null,
          null,
          wanted == null ? "Nobody is signed in" : wanted + " is not signed in",
          null,
          whenNobodyFits(),
          null);
    }
    throw wrongUsage("Several accounts are signed in; choose one by --account: " + list(fitting));
  }

  /** What to do if the account is not signed in; null for what helps most commands: to sign in. */
  protected @Nullable String whenNobodyFits() {
    return null;
  }

  /** Tokens of the scopes of {@code --scope}, or else of those that the account signed in with. */
  protected TokenSource tokens(PublicClient client, Account account) {
    AccountStatus status = options.namesScopes() ? null : client.status(account);
    return status == null ? client.tokens(account) : client.tokens(account, status.scopes());
  }

  /** The account that {@code --account} names, if it is one that was signed in before. */
  protected @Nullable Account expectedAccount(PublicClient client) {
    String wanted = options.account();
    if (wanted == null) {
      return null;
    }
    List<Account> fitting = accounts(client).stream().filter(a -> isNamed(a, wanted)).toList();
    return fitting.size() == 1 ? fitting.get(0) : null;
  }

  /** What can be read was listed; what cannot is not passed over in silence. */
  protected static void requireAllReadable(PublicClient client) {
    List<TokenStoreFailure> unreadable = client.unreadableAccounts();
    if (!unreadable.isEmpty()) {
      throw unreadable.get(0);
    }
  }

  protected static boolean isNamed(Account account, String idOrUsername) {
    return account.id().equals(idOrUsername) || idOrUsername.equalsIgnoreCase(account.username());
  }

  /** What people call it, in a sentence. */
  protected static String label(Account account) {
    String names = names(account);
    return names.isEmpty() ? "account " + account.id() : names;
  }

  /** Its names as far as there are any; not every ID token has some. */
  protected static String names(Account account) {
    String username = account.username();
    String name = account.name();
    if (username == null || name == null) {
      return username != null ? username : name != null ? name : "";
    }
    return username + " (" + name + ")";
  }

  private static String list(List<Account> accounts) {
    return accounts.stream()
        .map(account -> account.id() + (account.username() == null ? "" : " " + account.username()))
        .collect(Collectors.joining(", "));
  }
}
