package dev.latchkey.examples.cli.command;

import dev.latchkey.Account;
import dev.latchkey.AccountStatus;
import dev.latchkey.PublicClient;
import dev.latchkey.PublicClientBuilder;
import dev.latchkey.TokenSource;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.examples.cli.output.CommandError;
import dev.latchkey.examples.cli.output.CommandException;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.store.TokenStore;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** A command about the accounts of one client in one store. */
public abstract class ClientCommand extends ShellCommand {

  @Mixin protected ClientOptions options;

  protected ClientCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected final int run(Output output) {
    check();
    PublicClientBuilder client = options.client(shell);
    try (TokenStore store = options.openStore(shell)) {
      return runAndStore(client.tokenStore(store).build(), store, output);
    }
  }

  /** Rejects wrong usage that picocli does not know, before a store is opened. */
  protected void check() {}

  /**
   * Runs the command. This process ends with it, and so does a session that the store did not take:
   * the person must know, whether the command succeeded or not.
   */
  private int runAndStore(PublicClient client, TokenStore store, Output output) {
    int status;
    try {
      status = run(client, store, output);
    } catch (TokenStoreFailure e) {
      throw e;
    } catch (SignInRequired e) {
      tellIfNotStored(client, output);
      throw ofOneOfSeveral(client, e);
    } catch (RuntimeException e) {
      tellIfNotStored(client, output);
      throw e;
    }
    try {
      client.awaitStored();
    } catch (TokenStoreFailure e) {
      throw new CommandException(CommandError.notStored(e), e);
    }
    return status;
  }

  /** With several accounts, the remedy says which one has to sign in. */
  private static RuntimeException ofOneOfSeveral(PublicClient client, SignInRequired why) {
    String account = why.accountId();
    try {
      return account == null || client.accounts().size() < 2
          ? why
          : new CommandException(CommandError.ofAccount(why, account), why);
    } catch (TokenStoreFailure e) { // it is not what the command failed for
      return why;
    }
  }

  private static void tellIfNotStored(PublicClient client, Output output) {
    try {
      client.awaitStored();
    } catch (TokenStoreFailure e) {
      output.tell(CommandError.notStored(e).text());
    } catch (CancellationException e) { // Ctrl-C, which is what the command reports
      return;
    }
  }

  protected abstract int run(PublicClient client, TokenStore store, Output output);

  /** Sorts the accounts that are signed in: a store returns them in no particular order. */
  protected static List<Account> accounts(PublicClient client) {
    return client.accounts().stream()
        .sorted(
            Comparator.comparing(
                    Account::username, Comparator.nullsLast(String.CASE_INSENSITIVE_ORDER))
                .thenComparing(Account::id))
        .toList();
  }

  /** The account that {@code --account} names, or else the default, or else the only one. */
  protected Account chosenAccount(PublicClient client) {
    String wanted = options.account();
    String preferred = wanted == null ? defaultAccount().id() : null;
    if (preferred == null) {
      return account(client, wanted);
    }
    for (Account account : accounts(client)) {
      if (account.id().equals(preferred)) {
        return account;
      }
    }
    requireAllReadable(client);
    throw notSignedIn( // another account, even the only one, is not what the person chose
        "The default account is not signed in",
        "Sign in with it, or choose another with 'latchkey accounts use'.");
  }

  /**
   * Finds an account.
   *
   * @param wanted its id or username; null for the only one
   */
  protected Account account(PublicClient client, @Nullable String wanted) {
    List<Account> accounts = accounts(client);
    List<Account> matching =
        wanted == null ? accounts : accounts.stream().filter(a -> isNamed(a, wanted)).toList();
    if (matching.isEmpty() || wanted == null) {
      requireAllReadable(client); // an unreadable account may be the wanted one
    }
    if (matching.size() == 1) {
      return matching.get(0);
    }
    if (matching.isEmpty()) {
      throw notSignedIn(
          wanted == null ? "No account is signed in" : wanted + " is not signed in",
          remedyIfNotSignedIn());
    }
    throw severalMatch(matching, wanted);
  }

  private static SignInRequired notSignedIn(String message, @Nullable String remedy) {
    return new SignInRequired(
        SignInRequired.Reason.SIGNED_OUT, null, null, message, null, remedy, null);
  }

  /** The id of the default account, whether it is signed in or not; null if none was chosen. */
  protected @Nullable String defaultAccountId() {
    return defaultAccount().id();
  }

  protected void makeDefault(Account account) {
    defaultAccount().set(account.id());
  }

  protected void forgetDefault(Account signedOut) {
    defaultAccount().forget(signedOut.id());
  }

  private DefaultAccount defaultAccount() {
    return DefaultAccount.of(shell.variables(), options.identity(shell.variables()));
  }

  private ParameterException severalMatch(List<Account> matching, @Nullable String wanted) {
    return wrongUsage(
        wanted == null
            ? "Several accounts are signed in; choose one with --account, or for good with"
                + " 'latchkey accounts use': "
                + list(matching)
            : "Several accounts are named " + wanted + "; choose one by its id: " + list(matching));
  }

  /** The remedy if the account is not signed in; null for the usual one, which is to sign in. */
  protected @Nullable String remedyIfNotSignedIn() {
    return null;
  }

  /**
   * Tokens with the scopes of {@code --scope}, or else with those of the account's sign-in, as far
   * as they are for what the command calls.
   */
  protected TokenSource tokens(PublicClient client, Account account) {
    AccountStatus status = options.namesScopes() ? null : client.status(account);
    List<String> scopes =
        status == null ? List.of() : status.scopes().stream().filter(this::isForCommand).toList();
    return scopes.isEmpty() ? client.tokens(account) : client.tokens(account, scopes);
  }

  /** Whether a scope of the account's sign-in is for the API that the command calls. */
  protected boolean isForCommand(String scope) {
    return true;
  }

  /**
   * The account that {@code --account} names, if it has signed in before. Without one, a sign-in
   * for claims, or after the end of a session, is for the account that the other commands use. Only
   * where no ID token says who has signed in does that have to be known beforehand.
   */
  protected @Nullable Account expectedAccount(PublicClient client, boolean forClaims) {
    String wanted = options.account();
    if (wanted == null) {
      Account used = usedWithoutSubject(client);
      AccountStatus status = used == null ? null : client.status(used);
      boolean again = status != null && (forClaims || status.signInRequired() != null);
      return again ? used : null;
    }
    List<Account> matching = accounts(client).stream().filter(a -> isNamed(a, wanted)).toList();
    if (matching.size() > 1) {
      throw severalMatch(matching, wanted);
    }
    return matching.isEmpty() ? null : matching.get(0);
  }

  /** The account that commands use without {@code --account}, if it is one without an ID token. */
  private @Nullable Account usedWithoutSubject(PublicClient client) {
    List<Account> accounts = accounts(client);
    String preferred = defaultAccount().id();
    return accounts.stream()
        .filter(a -> preferred == null ? accounts.size() == 1 : a.id().equals(preferred))
        .filter(account -> account.subject() == null)
        .findFirst()
        .orElse(null);
  }

  /** Throws the first failure of an account that cannot be read; the others are listed by now. */
  protected static void requireAllReadable(PublicClient client) {
    List<TokenStoreFailure> unreadable = client.unreadableAccounts();
    if (!unreadable.isEmpty()) {
      throw unreadable.get(0);
    }
  }

  protected static boolean isNamed(Account account, String idOrUsername) {
    return account.id().equals(idOrUsername) || idOrUsername.equalsIgnoreCase(account.username());
  }

  /** The account's name for a sentence. */
  protected static String label(Account account) {
    String names = names(account);
    return (names.isEmpty() ? "account " + account.id() : names) + tenant(account, " of tenant ");
  }

  /** The account as a list shows it: two tenants may each have an account of this username. */
  protected static String line(Account account) {
    String names = names(account);
    return account.id() + (names.isEmpty() ? "" : "  " + names) + tenant(account, "  tenant ");
  }

  private static String tenant(Account account, String before) {
    return account.tenantId() == null ? "" : before + account.tenantId();
  }

  /** Username and name, as far as the ID token has them; empty if it has neither. */
  private static String names(Account account) {
    String username = account.username();
    String name = account.name();
    if (username == null || name == null) {
      return username != null ? username : name != null ? name : "";
    }
    return username + " (" + name + ")";
  }

  private static String list(List<Account> accounts) {
    return accounts.stream()
        .map(
            account ->
                account.id()
                    + (account.username() == null ? "" : " " + account.username())
                    + tenant(account, " of tenant "))
        .collect(Collectors.joining(", "));
  }
}
