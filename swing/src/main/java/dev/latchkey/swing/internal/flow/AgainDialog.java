package dev.latchkey.swing.internal.flow;

import dev.latchkey.Account;
import dev.latchkey.error.SignInRequired;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** How one caller would have an account sign in again. Called on the event thread only. */
public interface AgainDialog {

  /** Whose accounts they are. Callers with different clients share no dialog. */
  Object client();

  /**
   * Shows the dialog.
   *
   * @return completes on the event thread after the dialog has gone. Cancelling it closes the
   *     dialog
   */
  CompletableFuture<Account> open(SignInRequired why);

  /** Brings the dialog that {@link #open} has shown before the other windows. */
  void raise();

  /** Whether the caller has a window on the screen. */
  boolean hasOwner();

  /** Whether the caller's window was disposed; false for a caller that never had one. */
  boolean ownerIsGone();

  /**
   * Whether the window that {@link #open} showed the dialog for was disposed, and the dialog with
   * it. The caller may be in another window by now.
   */
  boolean wentWithItsWindow();

  /**
   * Looks whether the sign-in of another caller was enough for this one.
   *
   * @return why the account has to sign in once more; null if it does not. Never fails
   */
  CompletableFuture<@Nullable SignInRequired> stillRequired(Account account, SignInRequired why);
}
