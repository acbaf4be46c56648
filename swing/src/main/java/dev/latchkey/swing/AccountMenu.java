package dev.latchkey.swing;

import dev.latchkey.Account;
import dev.latchkey.AccountStatus;
import dev.latchkey.PublicClient;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.swing.internal.flow.Background;
import dev.latchkey.swing.internal.state.Problem;
import dev.latchkey.swing.internal.text.Texts;
import dev.latchkey.swing.internal.view.MenuItems;
import java.awt.EventQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.swing.JMenu;
import javax.swing.JMenuItem;
import org.jspecify.annotations.Nullable;

/**
 * A menu of accounts: who is signed in, which account is in use, add one, switch to another tenant,
 * sign in again, sign out. For the event thread only; the token store and the server are reached
 * from other threads.
 *
 * <pre>{@code
 * AccountMenu accounts = AccountMenu.of(SignInDialog.of(client));
 * accounts.onChange(account -> showFilesOf(account));   // null: nobody is signed in any longer
 * menuBar.add(accounts.menu());
 * }</pre>
 *
 * <p>It reads the accounts anew when it is opened, since other processes may share the token store.
 * Accounts of several tenants stand side by side, with the name or the id of the tenant where their
 * own names are the same. {@link #addTenant} offers to switch between tenants.
 */
public final class AccountMenu {

  private final SignInDialog dialog;
  private final Tenants tenants;
  private final Texts texts;
  private final JMenu menu = new JMenu();
  private final List<Consumer<? super @Nullable Account>> listeners = new ArrayList<>();
  private @Nullable Account current;

  /** What the items say; null if they say something else. */
  private @Nullable List<Entry> filledWith;

  private List<AccountStatus> known = List.of();
  private int reading;
  private boolean unlocking;

  /** What an item says of an account. */
  private record Entry(
      Account account, String name, SignInRequired.@Nullable Reason ended, boolean current) {}

  private AccountMenu(SignInDialog dialog) {
    this.dialog = dialog;
    this.tenants = new Tenants(dialog);
    this.texts = dialog.texts();
    MenuItems.label(menu, texts.label("menu.accounts"));
  }

  /**
   * Creates a menu, and begins to read the accounts.
   *
   * @param dialog signs people in; its language is that of the menu
   * @return the menu, in which nobody is signed in until the accounts are read
   */
  public static AccountMenu of(SignInDialog dialog) {
    AccountMenu menu = new AccountMenu(dialog);
    menu.fill(List.of());
    MenuItems.onOpen(
        menu.menu,
        () -> {
          var unusedRefresh = menu.refresh();
        });
    var unused = menu.refresh();
    return menu;
  }

  /**
   * Offers a tenant, so that a person who has access to several can switch between them: to the
   * account that is signed in there with the same username, or else by a sign-in. Name all tenants
   * that the person may want, also the first one. Accounts are shown with the names of their
   * tenants then.
   *
   * <pre>{@code
   * menu.addTenant("31f4…", "Contoso", SignInDialog.of(contoso));    // clients built with
   * menu.addTenant("9b02…", "Fabrikam", SignInDialog.of(fabrikam));  // Entra.tenant("31f4…") and so on
   * menu.onChange(account -> {
   *   if (account == null) {
   *     showNobody();
   *   } else {
   *     showFilesOf(menu.client(account), account);
   *   }
   * });
   * }</pre>
   *
   * @param tenantId the {@link Account#tenantId()} of its accounts
   * @param name what the person calls it
   * @param signIn signs people in to this tenant. Give its client the client id and the token store
   *     of the others
   */
  public void addTenant(String tenantId, String name, SignInDialog signIn) {
    tenants.add(new Tenants.Tenant(tenantId, name, signIn));
    filledWith = null;
    var unused = refresh();
  }

  /**
   * The client that serves an account: that of its tenant if {@link #addTenant} named it, or else
   * the menu's first one. Other clients may get tokens of another tenant, or none.
   *
   * @param account the account; never null, which {@link #account()} may be
   * @return the client
   */
  public PublicClient client(Account account) {
    return tenants.dialogOf(Objects.requireNonNull(account, "account")).client();
  }

  /**
   * The component, for a menu bar.
   *
   * @return always the same one
   */
  public JMenu menu() {
    return menu;
  }

  /**
   * The account in use: the one that was chosen or added last, or else the first by name.
   *
   * @return the account; null if nobody is signed in, or the accounts are not read yet
   */
  public @Nullable Account account() {
    return current;
  }

  /**
   * Tells a listener of each change of {@link #account()}, on the event thread.
   *
   * @param listener takes the account in use; null once nobody is signed in
   */
  public void onChange(Consumer<? super @Nullable Account> listener) {
    listeners.add(listener);
  }

  /**
   * Reads the accounts again. Does not block.
   *
   * @return completes on the event thread when the menu shows them. Never fails: a token store that
   *     cannot be read is named in the menu
   */
  public CompletableFuture<@Nullable Void> refresh() {
    CompletableFuture<@Nullable Void> shown = new CompletableFuture<>();
    int mine = ++reading;
    var unused =
        Background.call(tenants::read)
            .whenComplete(
                (read, failure) ->
                    EventQueue.invokeLater(
                        () -> {
                          try {
                            if (mine == reading) { // a later answer counts
                              show(read, failure);
                            }
                          } finally { // whatever a listener throws
                            shown.complete(null);
                          }
                        }));
    return shown;
  }

  private void show(List<AccountStatus> read, @Nullable Throwable failure) {
    if (failure != null) {
      filledWith = null;
      menu.removeAll();
      menu.add(disabled("menu.failed"));
      if (dialog.unlocks() && Problem.canBeUnlocked(failure)) {
        menu.add(unlockItem());
      }
      menu.addSeparator();
      menu.add(add());
      if (menu.isPopupMenuVisible()) {
        menu.getPopupMenu().pack();
      }
      return;
    }
    known = read;
    Account before = current;
    current =
        read.stream()
            .map(AccountStatus::account)
            .filter(account -> before != null && account.id().equals(before.id()))
            .findFirst()
            .orElseGet(() -> read.isEmpty() ? null : read.get(0).account());
    fill(read);
    if (!Objects.equals(id(before), id(current))) {
      List.copyOf(listeners).forEach(listener -> listener.accept(current));
    }
  }

  private JMenuItem unlockItem() {
    JMenuItem item = MenuItems.item(texts.label("menu.unlock"), () -> {});
    item.setEnabled(!unlocking); // the keyring asks already
    item.addActionListener(
        e -> {
          item.setEnabled(false);
          unlock();
        });
    return item;
  }

  private void unlock() {
    unlocking = true;
    var unused =
        dialog
            .unlockStore()
            .whenComplete((done, failure) -> EventQueue.invokeLater(() -> unlocked(failure)));
  }

  private void unlocked(@Nullable Throwable failure) {
    unlocking = false;
    var unused = refresh();
    if (failure != null) {
      MenuItems.warn(menu, texts.text("menu.not-unlocked"));
    }
  }

  /** Leaves the items under the pointer alone where they say the same as before. */
  private void fill(List<AccountStatus> read) {
    List<Entry> entries =
        read.stream()
            .map(
                status ->
                    new Entry(
                        status.account(),
                        tenants.name(status.account(), read),
                        status.signInRequired(),
                        status.account().id().equals(id(current))))
            .toList();
    if (entries.equals(filledWith)) {
      return;
    }
    filledWith = entries;
    menu.removeAll();
    if (read.isEmpty()) {
      menu.add(disabled("menu.nobody"));
    }
    entries.forEach(entry -> menu.add(item(entry)));
    menu.addSeparator();
    if (current != null && !tenants.all().isEmpty()) {
      menu.add(switching(current));
    }
    menu.add(add());
    if (menu.isPopupMenuVisible()) {
      menu.getPopupMenu().pack();
    }
  }

  private JMenuItem disabled(String key) {
    JMenuItem item = MenuItems.plain(texts.text(key), () -> {});
    item.setEnabled(false);
    return item;
  }

  private JMenuItem add() {
    return MenuItems.item(texts.label("menu.add"), () -> signedIn(dialog.show(menu)));
  }

  private JMenu item(Entry entry) {
    Account account = entry.account();
    String name = entry.name();
    JMenu item = new JMenu();
    item.setName(account.id());
    if (entry.ended() != null) {
      name = texts.text("menu.sign-in-required", name);
      SignInRequired.Reason ended = entry.ended();
      item.add(
          MenuItems.item(
              texts.label("menu.sign-in-again"),
              () -> signedIn(tenants.again(account, ended, menu))));
    }
    if (entry.current()) {
      name = texts.text("menu.current", name);
    } else {
      item.add(MenuItems.item(texts.label("menu.use"), () -> use(account)));
    }
    item.add(MenuItems.item(texts.label("menu.sign-out"), () -> signOut(account)));
    MenuItems.text(item, name);
    return item;
  }

  private JMenu switching(Account from) {
    JMenu switching = new JMenu();
    switching.setName("switch");
    MenuItems.label(switching, texts.label("menu.switch"));
    for (Tenants.Tenant tenant : tenants.all()) {
      switching.add(
          MenuItems.choice(
              tenant.name(),
              tenant.has(from),
              () -> signedIn(tenants.enter(tenant, from, known, menu))));
    }
    return switching;
  }

  /**
   * Takes an account in use, such as one that has signed in without this menu, and reads the
   * accounts again. Does not block.
   *
   * @param account the account
   */
  public void use(Account account) {
    Account before = current;
    current = account;
    var unused = refresh();
    if (!Objects.equals(id(before), id(account))) {
      List.copyOf(listeners).forEach(listener -> listener.accept(account));
    }
  }

  /** A dialog that was closed needs no word. */
  private void signedIn(CompletableFuture<Account> signIn) {
    var unused = signIn.thenAccept(this::use);
  }

  private void signOut(Account account) {
    var unused =
        Background.call(() -> client(account).signOut(account))
            .whenComplete(
                (done, failure) ->
                    EventQueue.invokeLater(
                        () -> {
                          var unusedRefresh = refresh();
                          if (failure != null) {
                            MenuItems.warn(menu, texts.text("menu.not-signed-out", name(account)));
                          }
                        }));
  }

  private String name(Account account) {
    return tenants.name(account, known);
  }

  private static @Nullable String id(@Nullable Account account) {
    return account == null ? null : account.id();
  }
}
