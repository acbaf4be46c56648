package dev.latchkey.examples.desktop.work;

import dev.latchkey.Account;
import dev.latchkey.error.SignInRequired;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One dialog for each account, however many calls need it. Lives on the event thread.
 *
 * <p>A call that began before the last sign-in and failed only after it needs no dialog, either: it
 * may simply be repeated.
 */
final class SignInAgain {

  private final Function<SignInRequired, CompletableFuture<Account>> dialog;
  private final Consumer<Boolean> waiting;
  private final Map<String, CompletableFuture<Account>> open = new HashMap<>();
  private final Map<String, Integer> rounds = new HashMap<>();

  /**
   * Creates it; nothing is shown yet.
   *
   * @param dialog shows the dialog; its future completes on the event thread
   * @param waiting is told when the first dialog opens, and when the last one has gone
   */
  SignInAgain(
      Function<SignInRequired, CompletableFuture<Account>> dialog, Consumer<Boolean> waiting) {
    this.dialog = dialog;
    this.waiting = waiting;
  }

  /** How often the account has signed in again; a call remembers it as it begins. */
  int round(Account account) {
    return rounds.getOrDefault(account.id(), 0);
  }

  /**
   * Waits for the account to sign in again.
   *
   * @param begun the round in which the call began
   * @return completes on the event thread when the call may be repeated; fails as the dialog does,
   *     or if another person signed in
   */
  CompletableFuture<Account> join(Account account, SignInRequired why, int begun) {
    if (round(account) > begun) {
      return CompletableFuture.completedFuture(account);
    }
    CompletableFuture<Account> joined = open.get(account.id());
    if (joined == null) {
      joined = new CompletableFuture<>();
      open.put(account.id(), joined);
      waiting.accept(true);
      show(account, why, joined);
    }
    return joined;
  }

  private void show(Account account, SignInRequired why, CompletableFuture<Account> joined) {
    var unused =
        begin(why)
            .whenComplete(
                (signedIn, failure) -> {
                  open.remove(account.id()); // before the calls go on: they may need another one
                  waiting.accept(!open.isEmpty());
                  if (failure != null) {
                    joined.completeExceptionally(failure);
                  } else if (signedIn.id().equals(account.id())) {
                    rounds.merge(account.id(), 1, Integer::sum);
                    joined.complete(signedIn);
                  } else {
                    joined.completeExceptionally(
                        new CancellationException("Another person signed in."));
                  }
                });
  }

  private CompletableFuture<Account> begin(SignInRequired why) {
    try {
      return dialog.apply(why);
    } catch (RuntimeException | Error e) { // such as for want of a screen: no call waits for ever
      return CompletableFuture.failedFuture(e);
    }
  }
}
