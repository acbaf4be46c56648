package dev.latchkey.swing;

import dev.latchkey.Account;
import dev.latchkey.Browsers;
import dev.latchkey.PublicClient;
import dev.latchkey.SignInOptions;
import dev.latchkey.SignInResult;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.swing.internal.flow.AgainCall;
import dev.latchkey.swing.internal.flow.ClientGateway;
import dev.latchkey.swing.internal.flow.Heading;
import dev.latchkey.swing.internal.flow.OpenDialogs;
import dev.latchkey.swing.internal.flow.SignInFlow;
import dev.latchkey.swing.internal.state.Choice;
import dev.latchkey.swing.internal.state.Wish;
import dev.latchkey.swing.internal.text.Texts;
import dev.latchkey.swing.internal.view.SignInWindow;
import java.awt.Component;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.net.URI;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.swing.JComponent;
import org.jspecify.annotations.Nullable;

/**
 * Signs a person in with a dialog: it shows the code, waits, says what goes wrong, and offers what
 * helps. Immutable; any thread may call it.
 *
 * <pre>{@code
 * SignInDialog.show(frame, client).thenAccept(account -> open(account));
 *
 * try {
 *   call(client.tokens(account).get());
 * } catch (SignInRequired why) {
 *   SignInDialog.again(frame, client, why).thenAccept(again -> retry());
 * }
 * }</pre>
 *
 * <p>Nothing blocks the event thread, and the dialog blocks only the windows of its owner. Its
 * future completes on the event thread, after the dialog has gone: with the account, or with the
 * {@link dev.latchkey.error.LatchkeyException} that the dialog showed last. It is {@code
 * SignInCancelled} if the person closed the dialog while it was waiting, by whatever means, or if
 * the owner was disposed; then nothing is left in store and accounts. If the tokens had arrived at
 * that moment, the person is signed in, and the future says so. Never wait for the future on the
 * event thread. Cancelling it closes the dialog.
 *
 * <p>Calls of {@code again} for the same client and account share one dialog, whatever threads and
 * windows they come from. All their futures complete with it, and all fail with it, also where the
 * server refuses what only the first one asks for. If one of them needs more than the dialog has
 * asked for, such as other claims, and cannot get it without the person, the dialog comes once
 * more. The dialog closes early only if all these futures are cancelled. If the window that owns it
 * is disposed, it comes again for the calls of other windows, for those without one, and for those
 * whose owner has been moved to another window.
 *
 * <p>What may interest the person about a sign-in that succeeded is shown before the dialog goes: a
 * session that could not be stored, another account than was asked for, another tenant.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8628">RFC 8628</a>
 */
public final class SignInDialog {

  private static final OpenDialogs AGAIN = new OpenDialogs(EventQueue::invokeLater);

  private final PublicClient client;
  private final SignInOptions options;
  private final @Nullable Locale locale;
  private final @Nullable ResourceBundle texts;
  private final Predicate<URI> browser;
  private final boolean browserSignIn;
  private final @Nullable Runnable unlock;

  private SignInDialog(
      PublicClient client,
      SignInOptions options,
      @Nullable Locale locale,
      @Nullable ResourceBundle texts,
      Predicate<URI> browser,
      boolean browserSignIn,
      @Nullable Runnable unlock) {
    this.client = client;
    this.options = options;
    this.locale = locale;
    this.texts = texts;
    this.browser = browser;
    this.browserSignIn = browserSignIn;
    this.unlock = unlock;
  }

  /**
   * Shows the dialog for a first sign-in. Does not block.
   *
   * @param owner the component whose window the dialog belongs to; null for none
   * @param client the client that signs in
   * @return the account, on the event thread: see above
   * @throws HeadlessException if there is no screen
   */
  public static CompletableFuture<Account> show(@Nullable Component owner, PublicClient client) {
    return of(client).show(owner);
  }

  /**
   * Shows the dialog for the sign-in that an exception requires, with the reason. Does not block.
   *
   * @param owner the component whose window the dialog belongs to; null for none
   * @param client the client whose call threw the exception
   * @param why the exception
   * @return the account, on the event thread: see above. After it, the call that threw succeeds,
   *     unless another person signed in
   * @throws HeadlessException if there is no screen
   */
  public static CompletableFuture<Account> again(
      @Nullable Component owner, PublicClient client, SignInRequired why) {
    return of(client).again(owner, why);
  }

  /**
   * A dialog to adapt before it is shown.
   *
   * @param client the client that signs in
   * @return a dialog with the words of the default locale, which opens the desktop's browser
   */
  public static SignInDialog of(PublicClient client) {
    return new SignInDialog(client, SignInOptions.NONE, null, null, Browsers::open, true, null);
  }

  /**
   * Begins first sign-ins with options, such as scopes or a login hint. {@link #again(Component,
   * SignInRequired)} takes from them only the language.
   *
   * @param asked the options. Without a locale, the server is asked for texts in the language of
   *     the dialog
   * @return a copy
   */
  public SignInDialog withOptions(SignInOptions asked) {
    return new SignInDialog(client, asked, locale, texts, browser, browserSignIn, unlock);
  }

  /**
   * Sets the language. The module brings English, German, French, Spanish and Japanese; in others,
   * and without words of the application, the dialog is in English. The layout follows the writing
   * direction of the language.
   *
   * @param language the language. Default: {@link JComponent#getDefaultLocale()}
   * @return a copy
   */
  public SignInDialog withLocale(Locale language) {
    return new SignInDialog(client, options, language, texts, browser, browserSignIn, unlock);
  }

  /**
   * Uses words of the application: another language, or other words for some of the texts. The keys
   * are those of {@code dev/latchkey/swing/texts.properties} in this module's jar; what is missing
   * comes from the module.
   *
   * @param words the application's words. Default: none
   * @return a copy
   */
  public SignInDialog withTexts(ResourceBundle words) {
    return new SignInDialog(client, options, locale, words, browser, browserSignIn, unlock);
  }

  /**
   * Opens pages in another way than {@link Browsers#open(URI)}, for example with fewer environment
   * variables.
   *
   * @param opener opens a page and says whether that worked. Called on a thread of its own, where
   *     it may block
   * @return a copy
   */
  public SignInDialog withBrowser(Predicate<URI> opener) {
    return new SignInDialog(client, options, locale, texts, opener, browserSignIn, unlock);
  }

  /**
   * Never offers to sign in with the browser on this computer instead of a code, for apps that have
   * no redirect URI registered. Default: offered after half a minute, and where a policy forbids
   * codes.
   *
   * @return a copy
   */
  public SignInDialog withoutBrowserSignIn() {
    return new SignInDialog(client, options, locale, texts, browser, false, unlock);
  }

  /**
   * Lets the person unlock the token store from the dialog and the account menu, where it is locked
   * or wants to ask.
   *
   * @param unlocker unlocks the store, such as {@code () -> keyring.unlock(Duration.ofMinutes(5))}.
   *     Called on a thread of its own, where it may block; interrupted if the person closes the
   *     dialog. Default: the dialog says that the keyring is locked, and offers to try again
   * @return a copy
   */
  public SignInDialog withUnlock(Runnable unlocker) {
    return new SignInDialog(client, options, locale, texts, browser, browserSignIn, unlocker);
  }

  /**
   * Shows the dialog for a first sign-in, as {@link #show(Component, PublicClient)}.
   *
   * @param owner the component whose window the dialog belongs to; null for none
   * @return the account, on the event thread: see above
   * @throws HeadlessException if there is no screen
   */
  public CompletableFuture<Account> show(@Nullable Component owner) {
    return open(owner, options, null, null, window -> {});
  }

  /**
   * Shows the dialog for the sign-in that an exception requires, as {@link #again(Component,
   * PublicClient, SignInRequired)}.
   *
   * @param owner the component whose window the dialog belongs to; null for none
   * @param why the exception
   * @return the account, on the event thread: see above
   * @throws HeadlessException if there is no screen
   */
  public CompletableFuture<Account> again(@Nullable Component owner, SignInRequired why) {
    requireScreen();
    AgainCall call = new AgainCall(new OwnedDialog(this, owner), why, new CompletableFuture<>());
    EventQueue.invokeLater(() -> AGAIN.join(call));
    return call.future();
  }

  boolean unlocks() {
    return unlock != null;
  }

  /** Lets the person unlock the token store. */
  CompletableFuture<@Nullable Void> unlockStore() {
    return new ClientGateway(client, browser, unlock).unlock();
  }

  SignInOptions options() {
    return options;
  }

  PublicClient client() {
    return client;
  }

  Texts texts() {
    return Texts.of(language(), texts);
  }

  private Locale language() {
    return locale == null ? JComponent.getDefaultLocale() : locale;
  }

  private static void requireScreen() {
    if (GraphicsEnvironment.isHeadless()) {
      throw new HeadlessException("A sign-in dialog needs a screen");
    }
  }

  /**
   * Shows the dialog.
   *
   * @param reason why the person has to sign in again; null for a first sign-in
   * @param tenantId the tenant that the person has chosen; null if they have not
   * @param shown takes the window, on the event thread
   */
  CompletableFuture<Account> open(
      @Nullable Component owner,
      SignInOptions asked,
      SignInRequired.@Nullable Reason reason,
      @Nullable String tenantId,
      Consumer<SignInWindow> shown) {
    requireScreen();
    CompletableFuture<Account> account = new CompletableFuture<>();
    EventQueue.invokeLater(() -> run(owner, asked, reason, tenantId, shown, account));
    return account;
  }

  private void run(
      @Nullable Component owner,
      SignInOptions asked,
      SignInRequired.@Nullable Reason reason,
      @Nullable String tenantId,
      Consumer<SignInWindow> shown,
      CompletableFuture<Account> account) {
    if (account.isDone()) { // cancelled before it began
      return;
    }
    try {
      Texts words = texts();
      String title = words.text(reason == null ? "title" : "title.again");
      SignInFlow[] flow = new SignInFlow[1];
      SignInWindow window = new SignInWindow(owner, title, words, choice -> flow[0].choose(choice));
      flow[0] =
          new SignInFlow(
              new ClientGateway(client, browser, unlock),
              EventQueue::invokeLater,
              new SwingTicker(),
              System::nanoTime,
              window,
              new Wish(asked.accountId(), tenantId, browserSignIn, unlock != null),
              asked.locale() == null ? asked.withLocale(language()) : asked,
              new Heading(reason, null));
      CompletableFuture<?> unused =
          flow[0].result().whenComplete((done, failure) -> end(account, done, failure));
      unused =
          account.whenComplete(
              (done, failure) -> EventQueue.invokeLater(() -> flow[0].choose(Choice.CLOSE)));
      shown.accept(window);
      flow[0].start();
      window.open();
    } catch (RuntimeException | Error e) { // nobody else would hear of it
      account.completeExceptionally(e);
      throw e;
    }
  }

  private static void end(
      CompletableFuture<Account> account, SignInResult done, @Nullable Throwable failure) {
    if (failure == null) {
      account.complete(done.account());
    } else {
      account.completeExceptionally(failure);
    }
  }
}
