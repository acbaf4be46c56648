package dev.latchkey.swing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.Account;
import dev.latchkey.BrowserSignIn;
import dev.latchkey.Entra;
import dev.latchkey.PublicClient;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.StoredRecord;
import dev.latchkey.store.TokenStore;
import dev.latchkey.swing.fixture.Samples;
import dev.latchkey.testkit.FakeAuthorizationServer;
import dev.latchkey.testkit.TestUser;
import java.awt.Component;
import java.awt.EventQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.swing.JMenu;
import javax.swing.JMenuItem;
import javax.swing.plaf.basic.BasicHTML;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The menu on a real client and the testkit's server, without a screen. */
class AccountMenuTest {

  private final FailingStore store = new FailingStore();
  private @Nullable FakeAuthorizationServer server;
  private @Nullable PublicClient client;

  @BeforeEach
  void start() {
    server =
        FakeAuthorizationServer.builder()
            .user(TestUser.of("ann@contoso.example"))
            .user(TestUser.of("bob@contoso.example"))
            .user(TestUser.of("<html><b>eve@contoso.example"))
            .start();
    client =
        PublicClient.builder()
            .authorizationServer(Entra.common().authorityHost(server.baseUrl()))
            .clientId("any")
            .tokenStore(store)
            .build();
  }

  @AfterEach
  void stop() {
    server().close();
  }

  @Test
  void menuWithoutAccountsOffersToAddOne() throws Exception {
    AccountMenu menu = menu();

    assertThat(items(menu)).containsExactly("Nobody is signed in", "Add account…");
    assertThat(onEventThread(menu::account)).isNull();
  }

  @Test
  void accountsAreListedByNameAndTheFirstIsInUse() throws Exception {
    signIn("bob@contoso.example");
    signIn("ann@contoso.example");

    AccountMenu menu = menu();

    assertThat(items(menu))
        .containsExactly("ann@contoso.example (in use)", "bob@contoso.example", "Add account…");
  }

  @Test
  void accountThatIsChosenIsInUseAndListenersHearOfIt() throws Exception {
    signIn("ann@contoso.example");
    Account bob = signIn("bob@contoso.example");
    AccountMenu menu = menu();
    List<@Nullable Account> heard = new ArrayList<>();
    onEventThread(
        () -> {
          menu.onChange(heard::add);
          return null;
        });

    choose(menu, bob, "Use this account");

    assertThat(onEventThread(menu::account)).isEqualTo(bob);
    assertThat(heard).containsExactly(bob);
    onEventThread(menu::refresh).get();
    assertThat(items(menu)).contains("bob@contoso.example (in use)");
    assertThat(heard).hasSize(1);
  }

  @Test
  void accountThatSignsOutLeavesTheMenu() throws Exception {
    Account ann = signIn("ann@contoso.example");
    AccountMenu menu = menu();
    BlockingQueue<List<@Nullable Account>> heard = new LinkedBlockingQueue<>();
    onEventThread(
        () -> {
          menu.onChange(account -> heard.add(Arrays.asList(account)));
          return null;
        });

    choose(menu, ann, "Sign out");

    assertThat(heard.take()).containsExactly((Account) null);
    assertThat(items(menu)).containsExactly("Nobody is signed in", "Add account…");
    assertThat(client().accounts()).isEmpty();
  }

  @Test
  void listenerThatThrowsHoldsUpNoRefresh() throws Exception {
    Account ann = signIn("ann@contoso.example");
    AccountMenu menu = menu();
    onEventThread(
        () -> {
          menu.onChange(
              account -> {
                throw new IllegalStateException("a fault of the application");
              });
          return null;
        });
    client().signOut(ann);

    onEventThread(menu::refresh).get();

    assertThat(items(menu)).containsExactly("Nobody is signed in", "Add account…");
  }

  @Test
  void itemsThatSayTheSameAsBeforeStayUnderThePointer() throws Exception {
    signIn("ann@contoso.example");
    AccountMenu menu = menu();
    JMenuItem before = onEventThread(() -> menu.menu().getItem(0));

    onEventThread(menu::refresh).get();

    assertThat(onEventThread(() -> menu.menu().getItem(0))).isSameAs(before);
  }

  @Test
  void endedSessionOffersToSignInAgain() throws Exception {
    Account ann = signIn("ann@contoso.example");
    server().people().revokeSessions("ann@contoso.example");
    var token = client().tokens(ann).get();
    assertThatThrownBy(() -> client().tokens(ann).replace(token, null))
        .isInstanceOf(SignInRequired.class);

    AccountMenu menu = menu();

    assertThat(items(menu)).contains("ann@contoso.example (sign in again) (in use)");
    assertThat(items(submenu(menu, ann))).containsExactly("Sign in again…", "Sign out");
  }

  @Test
  void storeThatCannotBeReadIsNamedInTheMenu() throws Exception {
    store.failing = true;

    assertThat(items(menu())).containsExactly("The accounts cannot be read", "Add account…");
  }

  /** Who is signed in need not sign in once more after a login without a password. */
  @Test
  void lockedKeyringIsUnlockedFromTheMenu() throws Exception {
    Account ann = signIn("ann@contoso.example");
    store.failing = true;
    SignInDialog dialog =
        SignInDialog.of(client())
            .withLocale(Locale.ENGLISH)
            .withUnlock(() -> store.failing = false);
    AccountMenu menu = onEventThread(() -> AccountMenu.of(dialog));
    onEventThread(menu::refresh).get();
    assertThat(items(menu))
        .containsExactly("The accounts cannot be read", "Unlock the keyring…", "Add account…");
    CompletableFuture<@Nullable Account> changed = new CompletableFuture<>();

    onEventThread(
        () -> {
          menu.onChange(changed::complete);
          menu.menu().getItem(1).doClick(0);
          return null;
        });

    assertThat(changed.get()).isEqualTo(ann);
    assertThat(items(menu)).containsExactly("ann@contoso.example (in use)", "Add account…");
  }

  @Test
  void keyringIsAskedForOnceHoweverOftenThePersonClicks() throws Exception {
    Account ann = signIn("ann@contoso.example");
    store.failing = true;
    AtomicInteger unlocks = new AtomicInteger();
    CountDownLatch answered = new CountDownLatch(1);
    SignInDialog dialog =
        SignInDialog.of(client())
            .withLocale(Locale.ENGLISH)
            .withUnlock(
                () -> {
                  unlocks.incrementAndGet();
                  try {
                    answered.await();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  store.failing = false;
                });
    AccountMenu menu = onEventThread(() -> AccountMenu.of(dialog));
    onEventThread(menu::refresh).get();
    CompletableFuture<@Nullable Account> changed = new CompletableFuture<>();

    boolean enabled =
        onEventThread(
            () -> {
              menu.onChange(changed::complete);
              JMenuItem item = menu.menu().getItem(1);
              item.doClick(0);
              item.doClick(0);
              return item.isEnabled();
            });
    assertThat(enabled).isFalse();
    onEventThread(menu::refresh).get(); // it was opened once more
    assertThat(onEventThread(() -> menu.menu().getItem(1).isEnabled())).isFalse();
    answered.countDown();

    assertThat(changed.get()).isEqualTo(ann);
    assertThat(unlocks).hasValue(1);
    store.failing = true;
    onEventThread(menu::refresh).get();
    assertThat(onEventThread(() -> menu.menu().getItem(1).isEnabled())).isTrue();
  }

  /** What a listener gets once nobody is signed in. */
  @Test
  void nobodyHasNoClient() throws Exception {
    AccountMenu menu = menu();

    assertThatThrownBy(() -> clientOfTheOneInUse(menu))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("account");
  }

  @SuppressWarnings("NullAway") // as an application may do
  private static PublicClient clientOfTheOneInUse(AccountMenu menu) {
    return menu.client(menu.account());
  }

  @Test
  void nameThatLooksLikeHtmlIsShownAsItIs() throws Exception {
    Account eve = signIn("<html><b>eve@contoso.example");
    AccountMenu menu = menu();

    JMenu item = submenu(menu, eve);

    assertThat(item.getText()).startsWith("<html><b>eve");
    assertThat(item.getClientProperty(BasicHTML.propertyKey)).isNull();
  }

  @Test
  void accountsOfOneNameInTwoTenantsAreToldApart() throws Exception {
    Account home = signIn("ann@contoso.example");
    Account guest = signInAsGuest();

    AccountMenu menu = menu();

    assertThat(items(menu))
        .containsExactlyInAnyOrder(
            "ann@contoso.example – " + home.tenantId() + inUse(menu, home),
            "ann@contoso.example – " + guest.tenantId() + inUse(menu, guest),
            "Add account…");
  }

  private static String inUse(AccountMenu menu, Account account) throws Exception {
    return account.equals(onEventThread(menu::account)) ? " (in use)" : "";
  }

  @Test
  void personSwitchesToTheTenantWhereTheyAreSignedInAlready() throws Exception {
    Account home = signIn("ann@contoso.example");
    Account guest = signInAsGuest();
    AccountMenu menu = menuOfTenants(home, guest);
    onEventThread(
        () -> {
          menu.use(home);
          return menu.refresh();
        });
    onEventThread(menu::refresh).get();
    assertThat(items(menu))
        .containsExactly(
            "ann@contoso.example – Contoso (in use)",
            "ann@contoso.example – Fabrikam",
            "Switch organization",
            "Add account…");
    JMenu organizations = submenu(menu, "switch");
    assertThat(items(organizations)).containsExactly("Contoso", "Fabrikam");
    assertThat(onEventThread(() -> organizations.getItem(0).isSelected())).isTrue();

    onEventThread(
        () -> {
          organizations.getItem(1).doClick(0);
          return null;
        });
    onEventThread(menu::refresh).get();

    assertThat(onEventThread(menu::account)).isEqualTo(guest);
    assertThat(items(menu)).contains("ann@contoso.example – Fabrikam (in use)");
  }

  @Test
  void eachAccountIsServedByTheClientOfItsTenant() throws Exception {
    Account home = signIn("ann@contoso.example");
    Account guest = signInAsGuest();
    Account bob = signIn("bob@contoso.example");
    AccountMenu menu = onEventThread(() -> AccountMenu.of(SignInDialog.of(client())));
    PublicClient fabrikam = client("fabrikam.example");

    onEventThread(
        () -> {
          menu.addTenant(
              Objects.requireNonNull(guest.tenantId()), "Fabrikam", SignInDialog.of(fabrikam));
          return null;
        });

    assertThat(menu.client(guest)).isSameAs(fabrikam);
    assertThat(menu.client(home)).isSameAs(client());
    assertThat(menu.client(bob)).isSameAs(client());
    assertThat(fabrikam.tokens(guest).get().value()).isNotEmpty();
  }

  @Test
  void nobodySwitchesTheTenantOfNobody() throws Exception {
    Account guest = signInAsGuest();
    client().signOut(guest);

    AccountMenu menu = menuOfTenants(guest, guest);

    assertThat(items(menu)).containsExactly("Nobody is signed in", "Add account…");
  }

  /** Ann, in a tenant that has invited her. */
  private Account signInAsGuest() {
    server().people().switchTenant("ann@contoso.example", "fabrikam.example");
    try {
      return signIn(client("fabrikam.example"), "ann@contoso.example");
    } finally {
      server().people().switchTenant("ann@contoso.example", "contoso.example");
    }
  }

  private PublicClient client(String tenant) {
    return PublicClient.builder()
        .authorizationServer(Entra.tenant(tenant).authorityHost(server().baseUrl()))
        .clientId("any")
        .tokenStore(store)
        .build();
  }

  private AccountMenu menuOfTenants(Account contoso, Account fabrikam) throws Exception {
    AccountMenu menu = menu();
    onEventThread(
        () -> {
          menu.addTenant(
              Objects.requireNonNull(contoso.tenantId()),
              "Contoso",
              SignInDialog.of(client("contoso.example")));
          menu.addTenant(
              Objects.requireNonNull(fabrikam.tenantId()),
              "Fabrikam",
              SignInDialog.of(client("fabrikam.example")));
          return null;
        });
    onEventThread(menu::refresh).get();
    return menu;
  }

  private Account signIn(PublicClient signsIn, String username) {
    BrowserSignIn signIn = signsIn.beginBrowserSignIn(); // no interval to wait for
    var unused = server().approveInBrowser(signIn.uri(), username);
    return signIn.await().account();
  }

  private Account signIn(String username) {
    return signIn(client(), username);
  }

  private AccountMenu menu() throws Exception {
    AccountMenu menu =
        onEventThread(() -> AccountMenu.of(SignInDialog.of(client()).withLocale(Locale.ENGLISH)));
    onEventThread(menu::refresh).get();
    return menu;
  }

  private static void choose(AccountMenu menu, Account account, String text) throws Exception {
    JMenu submenu = submenu(menu, account);
    onEventThread(
        () -> {
          for (Component child : submenu.getMenuComponents()) {
            if (child instanceof JMenuItem item && item.getText().equals(text)) {
              item.doClick(0);
              return null;
            }
          }
          throw new AssertionError("no item " + text);
        });
  }

  private static JMenu submenu(AccountMenu menu, Account account) throws Exception {
    return submenu(menu, account.id());
  }

  private static JMenu submenu(AccountMenu menu, String name) throws Exception {
    return onEventThread(
        () ->
            Arrays.stream(menu.menu().getMenuComponents())
                .filter(item -> name.equals(item.getName()))
                .map(JMenu.class::cast)
                .findFirst()
                .orElseThrow());
  }

  private static List<String> items(AccountMenu menu) throws Exception {
    return items(menu.menu());
  }

  private static List<String> items(JMenu menu) throws Exception {
    return onEventThread(
        () ->
            Arrays.stream(menu.getMenuComponents())
                .filter(JMenuItem.class::isInstance)
                .map(item -> ((JMenuItem) item).getText())
                .toList());
  }

  private static <T extends @Nullable Object> T onEventThread(Callable<T> call) throws Exception {
    FutureTask<T> task = new FutureTask<>(call);
    EventQueue.invokeAndWait(task);
    return task.get();
  }

  private FakeAuthorizationServer server() {
    return Objects.requireNonNull(server);
  }

  private PublicClient client() {
    return Objects.requireNonNull(client);
  }

  /** A store in memory that can be made to fail. */
  private static final class FailingStore implements TokenStore {
    private final MemoryTokenStore store = new MemoryTokenStore();
    private volatile boolean failing;

    @Override
    public @Nullable StoredRecord read(String key) {
      return store.read(key);
    }

    @Override
    public @Nullable String write(String key, String content, @Nullable String version) {
      return store.write(key, content, version);
    }

    @Override
    public boolean delete(String key, String version) {
      return store.delete(key, version);
    }

    @Override
    public Set<String> keys() {
      if (failing) {
        throw Samples.storeFailure(TokenStoreFailure.Problem.LOCKED);
      }
      return store.keys();
    }

    @Override
    public Lease lease(String key, Duration patience) throws InterruptedException {
      return store.lease(key, patience);
    }

    @Override
    public String description() {
      return store.description();
    }
  }
}
