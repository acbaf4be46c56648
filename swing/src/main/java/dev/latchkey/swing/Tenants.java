package dev.latchkey.swing;

import dev.latchkey.Account;
import dev.latchkey.AccountStatus;
import dev.latchkey.PublicClient;
import dev.latchkey.SignInOptions;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.swing.internal.text.Texts;
import dev.latchkey.swing.internal.view.Notes;
import java.awt.Component;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The dialog of a menu, and those of the tenants that it offers: which one serves an account. */
final class Tenants {

  /**
   * A tenant that the menu offers.
   *
   * @param id the {@link Account#tenantId()} of its accounts
   * @param name for display
   * @param dialog signs people in to it
   */
  record Tenant(String id, String name, SignInDialog dialog) {

    boolean has(Account account) {
      return id.equals(account.tenantId());
    }
  }

  private static final int MAX_HINT_LENGTH = 320;

  private final SignInDialog first;
  private final Texts texts;
  private final List<Tenant> tenants = new CopyOnWriteArrayList<>();

  Tenants(SignInDialog first) {
    this.first = first;
    this.texts = first.texts();
  }

  void add(Tenant tenant) {
    tenants.removeIf(other -> other.id().equals(tenant.id()));
    tenants.add(tenant);
  }

  List<Tenant> all() {
    return tenants;
  }

  /** The dialog whose client serves the account: that of its tenant, if the menu offers it. */
  SignInDialog dialogOf(Account account) {
    Tenant tenant = of(account);
    return tenant == null ? first : tenant.dialog();
  }

  private @Nullable Tenant of(Account account) {
    return tenants.stream().filter(tenant -> tenant.has(account)).findFirst().orElse(null);
  }

  /** The accounts of all clients, by name. Blocks on their stores. */
  List<AccountStatus> read() {
    Map<String, Account> found = new LinkedHashMap<>(); // clients of one server share their records
    for (PublicClient client : clients()) {
      client.accounts().forEach(account -> found.putIfAbsent(account.id(), account));
    }
    List<AccountStatus> read = new ArrayList<>();
    for (Account account : found.values()) {
      AccountStatus status = dialogOf(account).client().status(account);
      if (status != null) { // otherwise signed out meanwhile
        read.add(status);
      }
    }
    read.sort(
        Comparator.comparing((AccountStatus status) -> Notes.name(status.account(), texts))
            .thenComparing(status -> place(status.account())));
    return List.copyOf(read);
  }

  private Set<PublicClient> clients() {
    Set<PublicClient> clients =
        tenants.stream()
            .map(tenant -> tenant.dialog().client())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    clients.add(first.client());
    return clients;
  }

  /**
   * Switches to a tenant: to the account of the same person there, or by a sign-in.
   *
   * @param from the account in use
   * @param all those that are signed in
   * @return the account there; fails if the person closes the dialog
   */
  CompletableFuture<Account> enter(
      Tenant tenant, Account from, List<AccountStatus> all, Component owner) {
    if (tenant.has(from)) {
      return CompletableFuture.completedFuture(from);
    }
    for (AccountStatus status : all) {
      Account there = status.account();
      if (tenant.has(there)
          && from.username() != null
          && from.username().equalsIgnoreCase(there.username())) {
        return status.signInRequired() == null
            ? CompletableFuture.completedFuture(there)
            : again(there, status.signInRequired(), owner);
      }
    }
    SignInOptions options = hint(tenant.dialog().options(), from.username());
    return tenant.dialog().open(owner, options, null, tenant.id(), window -> {});
  }

  private static SignInOptions hint(SignInOptions options, @Nullable String username) {
    return username == null || username.isBlank() || username.length() > MAX_HINT_LENGTH
        ? options
        : options.withLoginHint(username);
  }

  /** Has an account sign in again whose session has ended. */
  CompletableFuture<Account> again(Account account, SignInRequired.Reason reason, Component owner) {
    SignInRequired why =
        new SignInRequired(reason, null, account.id(), "The session has ended.", null, null, null);
    return dialogOf(account).again(owner, why);
  }

  /**
   * What to call an account: with its tenant where the menu offers it, or where another account has
   * the same name.
   */
  String name(Account account, List<AccountStatus> all) {
    String name = Notes.name(account, texts);
    boolean ambiguous =
        all.stream()
            .map(AccountStatus::account)
            .anyMatch(
                other -> !other.id().equals(account.id()) && Notes.name(other, texts).equals(name));
    return ambiguous || of(account) != null
        ? texts.text("menu.in-organization", name, place(account))
        : name;
  }

  private String place(Account account) {
    Tenant tenant = of(account);
    if (tenant != null) {
      return tenant.name();
    }
    return account.tenantId() == null ? account.issuer() : account.tenantId();
  }
}
