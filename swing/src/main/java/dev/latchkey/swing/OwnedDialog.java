package dev.latchkey.swing;

import dev.latchkey.Account;
import dev.latchkey.PublicClient;
import dev.latchkey.SignInOptions;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.swing.internal.flow.AgainDialog;
import dev.latchkey.swing.internal.flow.ClientGateway;
import dev.latchkey.swing.internal.view.SignInWindow;
import java.awt.Component;
import java.awt.Window;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A dialog that signs an account in again, and the window that it belongs to. */
final class OwnedDialog implements AgainDialog {

  private final SignInDialog dialog;
  private final @Nullable Component owner;
  private @Nullable SignInWindow shown;

  /** What the dialog belongs to, also once the owner has been taken out of it or moved. */
  private @Nullable Window shownFor;

  OwnedDialog(SignInDialog dialog, @Nullable Component owner) {
    this.dialog = dialog;
    this.owner = owner;
  }

  @Override
  public PublicClient client() {
    return dialog.client();
  }

  @Override
  public CompletableFuture<Account> open(SignInRequired why) {
    shownFor = SignInWindow.windowOf(owner);
    SignInOptions options = SignInOptions.of(why).withLocale(dialog.options().locale());
    return dialog.open(owner, options, why.reason(), null, window -> shown = window);
  }

  @Override
  public void raise() {
    if (shown != null) {
      shown.raise();
    }
  }

  @Override
  public boolean hasOwner() {
    Window window = window();
    return window != null && window.isDisplayable();
  }

  @Override
  public boolean ownerIsGone() {
    Window window = window();
    return window != null && !window.isDisplayable();
  }

  @Override
  public boolean wentWithItsWindow() {
    return shownFor != null && !shownFor.isDisplayable();
  }

  /** The window that the owner is in now, such as that of a tab that was torn off. */
  private @Nullable Window window() {
    Window now = SignInWindow.windowOf(owner);
    boolean isOnScreen = now != null && now.isDisplayable();
    return isOnScreen || shownFor == null ? now : shownFor;
  }

  @Override
  public CompletableFuture<@Nullable SignInRequired> stillRequired(
      Account account, SignInRequired why) {
    return ClientGateway.stillRequired(dialog.client(), account, why);
  }
}
