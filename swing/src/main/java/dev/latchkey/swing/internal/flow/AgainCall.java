package dev.latchkey.swing.internal.flow;

import dev.latchkey.Account;
import dev.latchkey.error.SignInRequired;
import java.util.concurrent.CompletableFuture;

/**
 * A call that waits for its account to sign in again.
 *
 * @param dialog how it would ask the person
 * @param why what it needs
 * @param future completes when the call may be repeated
 */
public record AgainCall(AgainDialog dialog, SignInRequired why, CompletableFuture<Account> future) {

  boolean waits() {
    return !future.isDone();
  }
}
