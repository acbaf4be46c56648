package dev.latchkey.examples.desktop;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.AccountStatus;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.examples.desktop.view.DeskWindow;
import dev.latchkey.examples.desktop.view.FileChoice;
import dev.latchkey.examples.desktop.view.Theme;
import dev.latchkey.examples.desktop.work.Connections;
import dev.latchkey.examples.desktop.work.DeskWork;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.swing.AccountMenu;
import dev.latchkey.swing.SignInDialog;
import java.awt.EventQueue;
import java.awt.Window;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The application: a window, and what it needs. Lives on the event thread, but for its end. */
public final class DesktopApp implements Connections {

  private final Place place;
  private final SignInDialog dialog;
  private final AccountMenu accounts;
  private final DeskWork work;
  private final DeskWindow window;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<Account, GraphClient> graphs = new ConcurrentHashMap<>();
  private boolean isSigningIn;

  /** Creates the application; its window is not visible yet. */
  public DesktopApp(Place place, SignInDialog asked, FileChoice choice, Theme theme) {
    this.place = place;
    SignInDialog english = asked.withLocale(Locale.ENGLISH); // like the rest of the window
    Runnable unlock = place.unlock();
    dialog = unlock == null ? english : english.withUnlock(unlock);
    theme.apply();
    work = new DeskWork(this, EventQueue::invokeLater);
    accounts = AccountMenu.of(dialog);
    window =
        new DeskWindow(
            work,
            new DeskWindow.Setup(
                theme,
                choice,
                accounts.menu(),
                place.banner(),
                place.endSession() == null ? null : this::endSession,
                this::signIn,
                this::close));
    accounts.onChange(this::use);
  }

  /** What it does. */
  public DeskWork work() {
    return work;
  }

  /** What it shows. */
  public DeskWindow window() {
    return window;
  }

  /** Who is signed in. */
  public AccountMenu accounts() {
    return accounts;
  }

  /** Shows the window, with an account if one is signed in. */
  public void open(@Nullable Account first) {
    window.open();
    if (first != null) {
      accounts.use(first);
    }
  }

  private void use(@Nullable Account account) {
    work.use(account);
    graphs.keySet().removeIf(other -> !other.equals(account));
  }

  private void signIn() {
    if (!isSigningIn) { // the button may be pressed twice before the dialog is there
      isSigningIn = true;
      try {
        var unused =
            dialog
                .show(window.frame())
                .whenComplete(
                    (account, failure) -> {
                      isSigningIn = false;
                      if (failure == null) {
                        accounts.use(account);
                      }
                    });
      } catch (RuntimeException | Error e) { // such as for want of a screen
        isSigningIn = false;
        throw e;
      }
    }
  }

  @Override
  public CompletableFuture<Account> signInAgain(SignInRequired why) {
    return dialog
        .again(window.frame(), why)
        .thenApply(
            account -> {
              accounts.use(account); // it may be another one
              return account;
            });
  }

  private void endSession() {
    Account account = work.state().account();
    if (account != null && account.username() != null && place.endSession() != null) {
      place.endSession().accept(account.username());
    }
  }

  @Override
  public GraphClient graph(Account account) {
    // One for all calls: each has connections of its own, which the next call can use again.
    return graphs.computeIfAbsent(
        account, owner -> place.graph().apply(place.client().tokens(owner)));
  }

  @Override
  public List<AccessToken> tokens(Account account) {
    AccountStatus status = place.client().status(account);
    return status == null ? List.of() : status.tokens();
  }

  /** Ends what runs and closes the windows. */
  public void close() {
    work.close();
    Arrays.stream(Window.getWindows()).forEach(Window::dispose);
    closed.countDown();
  }

  /**
   * Waits until the window is closed, and for what was running then. Not for the event thread.
   *
   * @param patience how long to wait for what was running
   * @return whether nothing runs any longer
   */
  public boolean awaitClosed(Duration patience) throws InterruptedException {
    closed.await();
    return work.awaitEnd(patience);
  }
}
