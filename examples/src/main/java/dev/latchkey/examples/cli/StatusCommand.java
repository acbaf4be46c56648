package dev.latchkey.examples.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.AccountStatus;
import dev.latchkey.PublicClient;
import dev.latchkey.ScopeAudit;
import dev.latchkey.examples.cli.command.ClientCommand;
import dev.latchkey.examples.cli.output.JsonEvents;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.keyring.KeyringTokenStore;
import dev.latchkey.store.TokenStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    description = "Shows the store, the accounts, and their tokens' expiry and scopes.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class StatusCommand extends ClientCommand {

  @Option(
      names = "--repair",
      fallbackValue = "true",
      description = {
        "Make the keyring's list of sessions again, and remove the entries",
        "that lead to none, after asking."
      })
  private boolean repair;

  @Option(
      names = "--yes",
      fallbackValue = "true",
      description = "With --repair: remove without asking.")
  private boolean yes;

  StatusCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected int run(PublicClient client, TokenStore store, Output output) {
    List<AccountStatus> accounts = new ArrayList<>();
    if (!repair && isLocked(store)) { // then the accounts cannot be read
      output.result(event(store, true, accounts), text(store, true, accounts));
      return DONE;
    }
    if (repair) {
      repair(store, output);
    }
    List<Account> chosen =
        options.account() == null ? accounts(client) : List.of(chosenAccount(client));
    for (Account account : chosen) {
      AccountStatus status = client.status(account);
      if (status != null) {
        accounts.add(status);
      }
    }
    output.result(event(store, false, accounts), text(store, false, accounts));
    requireAllReadable(client);
    return DONE;
  }

  private void repair(TokenStore store, Output output) {
    if (store instanceof KeyringTokenStore keyring) {
      new KeyringRepair(keyring, shell, output).run(yes);
    } else {
      throw wrongUsage("--repair is for --store keyring: other stores have nothing to repair");
    }
  }

  private static boolean isLocked(TokenStore store) {
    return store instanceof KeyringTokenStore keyring && keyring.isLocked();
  }

  private JsonObject event(TokenStore store, boolean locked, List<AccountStatus> accounts) {
    JsonArray array = new JsonArray();
    accounts.forEach(status -> array.add(json(status)));
    JsonObject event = JsonEvents.event("status");
    event.addProperty("store", store.description());
    event.addProperty("locked", locked);
    event.addProperty("authorization_server", options.serverName());
    event.addProperty("client_id", options.clientId());
    event.addProperty("profile", options.profile());
    event.addProperty("default_account", defaultAccountId());
    event.add("accounts", array);
    return event;
  }

  private static JsonObject json(AccountStatus status) {
    JsonArray tokens = new JsonArray();
    for (AccessToken token : status.tokens()) {
      JsonObject json = new JsonObject();
      json.addProperty("token_type", token.type());
      json.addProperty("expires_at", JsonEvents.instant(token.expiresAt()));
      json.addProperty("expired", isExpired(token));
      json.add("scopes", JsonEvents.scopes(token.scopes()));
      tokens.add(json);
    }
    JsonObject json = new JsonObject();
    json.add("account", JsonEvents.account(status.account()));
    json.addProperty("state", JsonEvents.state(status));
    json.addProperty(
        "reason",
        status.signInRequired() == null ? null : JsonEvents.lower(status.signInRequired()));
    json.addProperty("can_refresh", status.canRefresh());
    json.add("tokens", tokens);
    return json;
  }

  private String[] text(TokenStore store, boolean locked, List<AccountStatus> accounts) {
    List<String> lines = new ArrayList<>();
    lines.add("store     " + store.description() + (locked ? ", locked" : ""));
    lines.add("server    " + options.serverName());
    lines.add("client    " + options.clientId());
    if (options.profile() != null) {
      lines.add("profile   " + options.profile());
    }
    if (locked) {
      lines.add("accounts  unknown while the keyring is locked");
    } else if (accounts.isEmpty()) {
      lines.add("accounts  none");
    }
    for (AccountStatus status : accounts) {
      String mark = status.account().id().equals(defaultAccountId()) ? "  default" : "";
      lines.add("account   " + line(status.account()) + mark);
      lines.add("  state   " + AccountsCommand.stateText(status) + refreshText(status));
      status.tokens().forEach(token -> addTo(lines, token));
    }
    return lines.toArray(new String[0]);
  }

  private static String refreshText(AccountStatus status) {
    return status.canRefresh() ? ", refreshed when needed" : ", cannot be refreshed";
  }

  private static void addTo(List<String> lines, AccessToken token) {
    ScopeAudit scopes = token.scopes();
    String verb = isExpired(token) ? "expired " : "expires ";
    lines.add("  token   " + verb + JsonEvents.instant(token.expiresAt()));
    addTo(lines, "requested", scopes.requested());
    addTo(lines, "granted  ", scopes.granted());
    addTo(lines, "missing  ", scopes.missing());
    addTo(lines, "extra    ", scopes.extra());
  }

  private static void addTo(List<String> lines, String what, Collection<String> scopes) {
    lines.add("          " + what + "  " + (scopes.isEmpty() ? "-" : String.join(" ", scopes)));
  }

  private static boolean isExpired(AccessToken token) {
    return !Instant.now().isBefore(token.expiresAt());
  }
}
