package dev.latchkey.swing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.Account;
import dev.latchkey.PublicClient;
import dev.latchkey.error.SignInCancelled;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.swing.fixture.Desk;
import dev.latchkey.swing.fixture.LockableStore;
import dev.latchkey.swing.fixture.Themes;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.FakeServerSettings.DeviceCodePolicy;
import dev.latchkey.testkit.Fault;
import dev.latchkey.window.OnVirtualScreen;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.EventQueue;
import java.awt.FocusTraversalPolicy;
import java.awt.Rectangle;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.awt.event.WindowEvent;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import javax.swing.JButton;
import javax.swing.JDialog;
import javax.swing.JFrame;
import javax.swing.JMenu;
import javax.swing.JMenuBar;
import javax.swing.JMenuItem;
import javax.swing.JPanel;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Real windows on a real client, with the testkit's server. */
@Tag("windows")
@ExtendWith(OnVirtualScreen.class)
class SignInDialogTest {

  @Test
  void approvedSignInGivesTheAccountAndTheDialogGoes() throws Exception {
    try (Desk desk = new Desk()) {
      CompletableFuture<Account> signIn =
          Desk.onEventThread(() -> desk.dialog().show(desk.frame)); // and it comes back at once
      JDialog dialog = desk.awaitButton("COPY_CODE");

      assertThat(dialog.getOwner()).isSameAs(desk.frame);
      assertThat(dialog.getTitle()).isEqualTo("Sign in");
      desk.approve();
      assertThat(signIn.get().username()).isEqualTo(Desk.PERSON);
      assertThat(dialog.isDisplayable()).isFalse();
      assertThat(desk.client.accounts()).containsExactly(signIn.get());
    }
  }

  @Test
  void futureCompletesOnTheEventThreadAfterTheDialogHasGone() throws Exception {
    try (Desk desk = new Desk()) {
      CompletableFuture<String> seen =
          desk.dialog()
              .show(desk.frame)
              .handle(
                  (account, failure) ->
                      EventQueue.isDispatchThread() + " " + (Desk.visible() == null));
      desk.press("CLOSE");

      assertThat(seen.get()).isEqualTo("true true");
    }
  }

  @Test
  void cancelBeforeTheServerAnswersEndsAtOnce() throws Exception {
    try (Desk desk = new Desk()) {
      desk.server.fail(Fault.hang().to(Endpoint.DEVICE_AUTHORIZATION));
      CompletableFuture<Account> signIn = desk.dialog().show(desk.frame);
      assertThat(
              desk.server.awaitRequests(Endpoint.DEVICE_AUTHORIZATION, 1, Duration.ofSeconds(30)))
          .isTrue();

      desk.press("CLOSE");

      assertCancelled(desk, signIn);
    }
  }

  @Test
  void cancelInTheMiddleLeavesNoAccount() throws Exception {
    try (Desk desk = new Desk()) {
      CompletableFuture<Account> signIn = desk.dialog().show(desk.frame);
      var unused = desk.awaitButton("COPY_CODE");

      desk.press("CLOSE");

      assertCancelled(desk, signIn);
    }
  }

  @Test
  void windowThatIsClosedCancels() throws Exception {
    try (Desk desk = new Desk()) {
      CompletableFuture<Account> signIn = desk.dialog().show(desk.frame);
      JDialog dialog = desk.awaitButton("COPY_CODE");

      Toolkit.getDefaultToolkit()
          .getSystemEventQueue()
          .postEvent(new WindowEvent(dialog, WindowEvent.WINDOW_CLOSING));

      assertCancelled(desk, signIn);
    }
  }

  @Test
  void windowThatIsDisposedCancels() throws Exception {
    try (Desk desk = new Desk()) {
      CompletableFuture<Account> signIn = desk.dialog().show(desk.frame);
      JDialog dialog = desk.awaitButton("COPY_CODE");

      EventQueue.invokeLater(dialog::dispose);

      assertCancelled(desk, signIn);
    }
  }

  @Test
  void ownerThatIsDisposedCancels() throws Exception {
    try (Desk desk = new Desk()) {
      CompletableFuture<Account> signIn = desk.dialog().show(desk.frame);
      var unused = desk.awaitButton("COPY_CODE");

      EventQueue.invokeLater(desk.frame::dispose);

      assertCancelled(desk, signIn);
    }
  }

  @Test
  void escapeCancels() throws Exception {
    try (Desk desk = new Desk()) {
      CompletableFuture<Account> signIn = desk.dialog().show(desk.frame);
      JDialog dialog = desk.awaitButton("COPY_CODE");

      boolean taken =
          Desk.onEventThread(
              () ->
                  SwingUtilities.processKeyBindings(
                      new KeyEvent(
                          dialog.getRootPane().getDefaultButton(),
                          KeyEvent.KEY_PRESSED,
                          0,
                          0,
                          KeyEvent.VK_ESCAPE,
                          KeyEvent.CHAR_UNDEFINED)));

      assertThat(taken).isTrue();
      assertCancelled(desk, signIn);
    }
  }

  @Test
  void futureThatTheApplicationCancelsClosesTheDialog() throws Exception {
    try (Desk desk = new Desk()) {
      CompletableFuture<Account> signIn = desk.dialog().show(desk.frame);
      JDialog dialog = desk.awaitButton("COPY_CODE");

      assertThat(signIn.cancel(true)).isTrue();
      Desk.awaitState(() -> !dialog.isDisplayable());

      assertThatThrownBy(signIn::get).isInstanceOf(CancellationException.class);
      assertThat(desk.client.accounts()).isEmpty();
    }
  }

  @Test
  void everyControlIsReachedWithTheTabKeyInTheOrderOfTheEye() throws Exception {
    try (Desk desk = new Desk()) {
      CompletableFuture<Account> signIn =
          desk.dialog().withoutBrowserSignIn().show(desk.frame); // a button that comes later
      JDialog dialog = desk.awaitButton("COPY_CODE");

      List<String> walked = Desk.onEventThread(() -> tabOrder(dialog));

      assertThat(walked).doesNotHaveDuplicates();
      assertThat(walked.stream().filter(name -> name.endsWith("JButton")))
          .containsExactly("OPEN_PAGE JButton", "COPY_CODE JButton", "CLOSE JButton");
      assertThat(walked.stream().filter(name -> name.endsWith("JTextField"))).hasSize(2);
      desk.press("CLOSE");
      assertCancelled(desk, signIn);
    }
  }

  /** Asks the dialog, and not the focus, which a screen without a window manager gives nobody. */
  private static List<String> tabOrder(JDialog dialog) {
    List<String> walked = new ArrayList<>();
    FocusTraversalPolicy policy = dialog.getFocusTraversalPolicy();
    Component first = policy.getFirstComponent(dialog);
    Component at = first;
    do {
      String name =
          at.getName() == null ? at.getAccessibleContext().getAccessibleName() : at.getName();
      walked.add(name + " " + at.getClass().getSimpleName());
      at = policy.getComponentAfter(dialog, at);
    } while (at != null && at != first && walked.size() < 50);
    return walked;
  }

  @Test
  void enterOpensTheBrowserAndTheButtonCopiesTheCode() throws Exception {
    try (Desk desk = new Desk()) {
      CompletableFuture<Account> signIn = desk.dialog().show(desk.frame);
      JDialog dialog = desk.awaitButton("COPY_CODE");

      JButton pressedByEnter = Desk.onEventThread(() -> dialog.getRootPane().getDefaultButton());
      Desk.onEventThread(
          () -> {
            pressedByEnter.doClick(0);
            return null;
          });
      URI page = desk.opened.take();
      desk.press("COPY_CODE");

      assertThat(page.toString()).startsWith(desk.server.verificationUri().toString());
      assertThat(
              Toolkit.getDefaultToolkit()
                  .getSystemClipboard()
                  .getData(java.awt.datatransfer.DataFlavor.stringFlavor))
          .isEqualTo(desk.server.pendingUserCodes().get(0));
      desk.press("CLOSE");
      assertCancelled(desk, signIn);
    }
  }

  @Test
  void missingConnectionGoesOnByItself() throws Exception {
    try (Desk desk = new Desk()) {
      desk.server.fail(Fault.drop().to(Endpoint.DEVICE_AUTHORIZATION));
      desk.server.approveNext(Desk.PERSON);

      CompletableFuture<Account> signIn = desk.dialog().show(desk.frame);

      assertThat(signIn.get().username()).isEqualTo(Desk.PERSON);
      assertThat(desk.server.requests(Endpoint.DEVICE_AUTHORIZATION)).hasSize(2);
    }
  }

  @Test
  void declinedSignInBeginsAnewWithOneButton() throws Exception {
    try (Desk desk = new Desk()) {
      desk.server.declineNext();
      CompletableFuture<Account> signIn = desk.dialog().show(desk.frame);
      var unused = desk.awaitButton("NEW_CODE");
      assertThat(desk.text()).contains("The sign-in was declined.");
      desk.server.approveNext(Desk.PERSON);

      desk.press("NEW_CODE");

      assertThat(signIn.get().username()).isEqualTo(Desk.PERSON);
    }
  }

  @Test
  void blockedCodeGoesOnInTheBrowser() throws Exception {
    try (Desk desk = new Desk()) {
      desk.server.settings().deviceCodePolicy(DeviceCodePolicy.BLOCK);
      CompletableFuture<Account> signIn =
          desk.dialog()
              .withBrowser(
                  page -> {
                    String answer = desk.server.approveInBrowser(page, Desk.PERSON);
                    return !answer.isEmpty();
                  })
              .show(desk.frame);
      var unused = desk.awaitButton("COPY_CODE");
      desk.approve(); // the page says that it is blocked, and so does the next poll

      desk.press("BROWSER");

      assertThat(signIn.get().username()).isEqualTo(Desk.PERSON);
    }
  }

  @Test
  void endedSessionIsRepairedByTheDialogThatSaysWhy() throws Exception {
    try (Desk desk = new Desk()) {
      Account account = desk.signIn();
      var token = desk.client.tokens(account).get();
      SignInRequired why = endSession(desk, account);

      CompletableFuture<Account> again = desk.dialog().again(desk.frame, why);
      JDialog dialog = desk.awaitButton("COPY_CODE");

      assertThat(dialog.getTitle()).isEqualTo("Sign in again");
      desk.approve();
      assertThat(again.get()).isEqualTo(account);
      assertThat(desk.client.tokens(account).get().value()).isNotEqualTo(token.value());
    }
  }

  private static JFrame anotherWindow() throws Exception {
    return Desk.onEventThread(
        () -> {
          JFrame made = new JFrame("Another window");
          made.setVisible(true);
          return made;
        });
  }

  @Test
  void callsOfSeveralThreadsAndWindowsShareOneDialogAndAllGoOn() throws Exception {
    try (Desk desk = new Desk()) {
      Account account = desk.signIn();
      SignInRequired why = endSession(desk, account);
      JFrame other = anotherWindow();
      List<CompletableFuture<Account>> calls = new CopyOnWriteArrayList<>();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        JFrame owner = i % 2 == 0 ? desk.frame : other;
        threads.add(new Thread(() -> calls.add(SignInDialog.again(owner, desk.client, why))));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      var unused = desk.awaitButton("COPY_CODE");
      Desk.drainEvents();

      assertThat(Desk.onEventThread(SignInDialogTest::showing)).hasSize(1);
      desk.approve();
      for (CompletableFuture<Account> call : calls) {
        assertThat(call.get()).isEqualTo(account);
      }
      assertThat(calls).hasSize(8);
      assertThat(desk.server.requests(Endpoint.DEVICE_AUTHORIZATION)).hasSize(1);
    }
  }

  @Test
  void dialogComesAgainForTheWindowThatIsLeft() throws Exception {
    try (Desk desk = new Desk()) {
      Account account = desk.signIn();
      SignInRequired why = endSession(desk, account);
      JFrame other = anotherWindow();
      CompletableFuture<Account> gone = desk.dialog().again(desk.frame, why);
      CompletableFuture<Account> left = desk.dialog().again(other, why);
      JDialog first = desk.awaitButton("COPY_CODE");

      EventQueue.invokeLater(desk.frame::dispose);
      assertThatThrownBy(gone::get).hasCauseInstanceOf(SignInCancelled.class);
      Desk.awaitState(() -> !first.isDisplayable());
      JDialog second = desk.awaitButton("COPY_CODE");

      assertThat(second.getOwner()).isSameAs(other);
      desk.press("CLOSE");
      assertThatThrownBy(left::get).hasCauseInstanceOf(SignInCancelled.class);
    }
  }

  @Test
  void dialogThatGoesWithItsWindowComesAgainForTheCallWithoutOne() throws Exception {
    try (Desk desk = new Desk()) {
      Account account = desk.signIn();
      SignInRequired why = endSession(desk, account);
      CompletableFuture<Account> gone = desk.dialog().again(desk.frame, why);
      CompletableFuture<Account> left = desk.dialog().again(null, why);
      JDialog first = desk.awaitButton("COPY_CODE");

      EventQueue.invokeLater(desk.frame::dispose);
      assertThatThrownBy(gone::get).hasCauseInstanceOf(SignInCancelled.class);
      Desk.awaitState(() -> !first.isDisplayable());
      JDialog second = desk.awaitButton("COPY_CODE");

      assertThat(second.getOwner()).isNull();
      desk.press("CLOSE");
      assertThatThrownBy(left::get).hasCauseInstanceOf(SignInCancelled.class);
    }
  }

  @Test
  void dialogComesAgainInTheWindowThatItsOwnerWasMovedTo() throws Exception {
    try (Desk desk = new Desk()) {
      Account account = desk.signIn();
      SignInRequired why = endSession(desk, account);
      JFrame other = anotherWindow();
      JPanel tab = new JPanel();
      EventQueue.invokeAndWait(() -> desk.frame.add(tab));
      CompletableFuture<Account> call = desk.dialog().again(tab, why);
      JDialog first = desk.awaitButton("COPY_CODE");

      EventQueue.invokeAndWait(
          () -> {
            other.add(tab);
            desk.frame.dispose();
          });
      Desk.awaitState(() -> !first.isDisplayable());
      Desk.drainEvents();
      assertThat(call).isNotDone();
      JDialog second = desk.awaitButton("COPY_CODE");

      assertThat(second.getOwner()).isSameAs(other);
      desk.press("CLOSE");
      assertThatThrownBy(call::get).hasCauseInstanceOf(SignInCancelled.class);
    }
  }

  /** A component outside of all windows has none that could have been disposed. */
  @Test
  void dialogThatThePersonClosesDoesNotComeAgainThoughItsOwnerIsInNoWindow() throws Exception {
    try (Desk desk = new Desk()) {
      Account account = desk.signIn();
      SignInRequired why = endSession(desk, account);
      CompletableFuture<Account> one = desk.dialog().again(new JPanel(), why);
      CompletableFuture<Account> two = desk.dialog().again(desk.frame, why);

      desk.press("CLOSE");

      assertThatThrownBy(one::get).hasCauseInstanceOf(SignInCancelled.class);
      assertThatThrownBy(two::get).hasCauseInstanceOf(SignInCancelled.class);
      assertThat(Desk.onEventThread(SignInDialogTest::showing)).isEmpty();
    }
  }

  private static List<Window> showing() {
    return Arrays.stream(Window.getWindows())
        .filter(window -> window instanceof JDialog && window.isShowing())
        .toList();
  }

  private static SignInRequired endSession(Desk desk, Account account) {
    var token = desk.client.tokens(account).get();
    desk.server.people().revokeSessions(Desk.PERSON);
    return catchThrowableOfType(
        SignInRequired.class, () -> desk.client.tokens(account).replace(token, null));
  }

  @Test
  void tenantIsSwitchedFromTheMenuWithoutAWordAboutIt() throws Exception {
    try (Desk desk = new Desk()) {
      Account home = desk.signIn();
      desk.server.people().switchTenant(Desk.PERSON, "fabrikam.example");
      PublicClient fabrikam = desk.client("fabrikam.example");
      String tenantId = desk.server.issuer("fabrikam.example").getPath().split("/", -1)[1];
      CompletableFuture<@Nullable Account> changed = new CompletableFuture<>();
      AccountMenu menu = Desk.onEventThread(() -> AccountMenu.of(desk.dialog()));
      Desk.onEventThread(menu::refresh).get();
      Desk.onEventThread(
              () -> {
                JMenuBar bar = new JMenuBar();
                bar.add(menu.menu());
                desk.frame.setJMenuBar(bar);
                menu.addTenant(
                    tenantId,
                    "Fabrikam",
                    SignInDialog.of(fabrikam)
                        .withLocale(Locale.ENGLISH)
                        .withBrowser(desk.opened::add));
                return menu.refresh();
              })
          .get();
      Desk.onEventThread(
          () -> {
            menu.onChange(changed::complete);
            JMenu organizations =
                Arrays.stream(menu.menu().getMenuComponents())
                    .filter(item -> "switch".equals(item.getName()))
                    .map(JMenu.class::cast)
                    .findFirst()
                    .orElseThrow();
            organizations.getItem(0).doClick(0);
            return null;
          });
      var unused = desk.awaitButton("COPY_CODE");

      desk.approve();

      Account switched = changed.get(); // and nobody had to close a note
      assertThat(switched.tenantId()).isEqualTo(tenantId).isNotEqualTo(home.tenantId());
      assertThat(switched.username()).isEqualTo(Desk.PERSON);
    }
  }

  @Test
  void accountIsAddedFromTheMenu() throws Exception {
    try (Desk desk = new Desk()) {
      AccountMenu menu =
          Desk.onEventThread(
              () -> {
                AccountMenu made = AccountMenu.of(desk.dialog());
                JMenuBar bar = new JMenuBar();
                bar.add(made.menu());
                desk.frame.setJMenuBar(bar);
                return made;
              });
      CompletableFuture<@Nullable Account> changed = new CompletableFuture<>();
      Desk.onEventThread(() -> menu.refresh()).get();
      Desk.onEventThread(
          () -> {
            menu.onChange(changed::complete);
            JMenu shown = menu.menu();
            ((JMenuItem) shown.getMenuComponent(shown.getMenuComponentCount() - 1)).doClick(0);
            return null;
          });
      JDialog dialog = desk.awaitButton("COPY_CODE");
      assertThat(dialog.getOwner()).isSameAs(desk.frame);

      desk.approve();

      assertThat(changed.get()).isEqualTo(desk.client.accounts().get(0));
    }
  }

  @Test
  void lockedKeyringIsUnlockedFromTheDialog() throws Exception {
    LockableStore store = new LockableStore();
    try (Desk desk = new Desk(store)) {
      store.lock();
      desk.server.approveNext(Desk.PERSON);

      CompletableFuture<Account> signIn = desk.dialog().withUnlock(store::unlock).show(desk.frame);
      desk.press("UNLOCK");

      assertThat(signIn.get().username()).isEqualTo(Desk.PERSON);
    }
  }

  @Test
  void dialogIsNeverLargerThanTheScreen() throws Exception {
    try (Desk desk = new Desk()) {
      Desk.onEventThread(
          () -> {
            Themes.LIGHT.set(400);
            return null;
          });
      CompletableFuture<Account> signIn = desk.dialog().show(desk.frame);
      JDialog dialog = desk.awaitButton("COPY_CODE");

      Rectangle place = Desk.onEventThread(dialog::getBounds);
      Dimension screen = Toolkit.getDefaultToolkit().getScreenSize();

      assertThat(new Rectangle(screen).contains(place)).as(place.toString()).isTrue();
      desk.press("CLOSE");
      assertCancelled(desk, signIn);
    } finally { // the other tests share the process
      Desk.onEventThread(
          () -> {
            Themes.LIGHT.set(100);
            return null;
          });
    }
  }

  @Test
  @Timeout(300)
  void twoHundredQuickRoundsLeaveNoWindowTimerOrThread() throws Exception {
    try (Desk desk = new Desk()) {
      for (int round = 0; round < 200; round++) {
        CompletableFuture<Account> signIn = desk.dialog().show(desk.frame);
        if (round % 3 == 0) { // before it is there
          assertThat(signIn.cancel(true)).isTrue();
          Desk.drainEvents();
        } else if (round % 3 == 1) { // as soon as it is there
          desk.press("CLOSE");
        } else { // in the middle
          var unused = desk.awaitButton("COPY_CODE");
          desk.press("CLOSE");
        }
        assertThat(signIn.handle((account, failure) -> account == null).get()).isTrue();
      }
      Desk.awaitState(() -> Desk.visible() == null);

      assertThat(Arrays.stream(Window.getWindows()).filter(JDialog.class::isInstance))
          .noneMatch(Window::isDisplayable);
      System.gc(); // with the serial collector, a whole one
      assertThat(Arrays.stream(Window.getWindows()).filter(JDialog.class::isInstance).count())
          .isLessThan(20);
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> thread.getName().startsWith("latchkey-swing"))
          .isEmpty();
      assertThat(desk.client.accounts()).isEmpty();
    }
  }

  private static void assertCancelled(Desk desk, CompletableFuture<Account> signIn) {
    assertThatThrownBy(signIn::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(SignInCancelled.class);
    assertThat(desk.client.accounts()).isEmpty();
    assertThat(Arrays.stream(Window.getWindows()).filter(JDialog.class::isInstance))
        .noneMatch(Window::isShowing);
  }
}
