package dev.latchkey.examples.desktop.work;

import dev.latchkey.Account;
import dev.latchkey.error.SignInRequired;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Calls that wait until their account has signed in again. Lives on the event thread.
 *
 * <p>Those that wait at the same time share a dialog, for which the dialog itself sees. A call that
 * began before the last sign-in and failed only after it needs none: it may simply be repeated.
 */
final class SignInAgain {

  private final Function<SignInRequired, CompletableFuture<Account>> dialog;
  private final Consumer<Boolean> someWait;
  private final Executor eventThread;
  private final Map<String, Integer> rounds = new HashMap<>();

  /** The accounts whose sign-in has been counted in this event: others may share its dialog. */
  private final Set<String> counted = new HashSet<>();

  private int waiting;

  /**
   * Creates it; nothing is shown yet.
   *
   * @param dialog shows the dialog; its future completes on the event thread
   * @param someWait is told when the first call begins to wait, and when none waits any longer
   * @param eventThread runs one task after another, in their order
   */
  SignInAgain(
      Function<SignInRequired, CompletableFuture<Account>> dialog,
      Consumer<Boolean> someWait,
      Executor eventThread) {
    this.dialog = dialog;
    this.someWait = someWait;
    this.eventThread = eventThread;
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
    if (waiting++ == 0) {
      someWait.accept(true);
    }
    CompletableFuture<Account> joined = new CompletableFuture<>();
    var unused =
        show(why)
            .whenComplete(
                (signedIn, failure) -> {
                  if (--waiting == 0) {
                    someWait.accept(false);
                  }
                  if (failure != null) {
                    joined.completeExceptionally(failure);
                  } else if (signedIn.id().equals(account.id())) {
                    count(account.id());
                    joined.complete(signedIn);
                  } else {
                    joined.completeExceptionally(
                        new CancellationException("Another person signed in."));
                  }
                });
    return joined;
  }

  /**
   * Counts a dialog once, though it completes a future for each of its calls. One that completes
   * them in several events counts for more, which costs a repetition at most.
   */
  private void count(String accountId) {
    if (counted.add(accountId)) {
      rounds.merge(accountId, 1, Integer::sum);
      eventThread.execute(() -> counted.remove(accountId));
    }
  }

  private CompletableFuture<Account> show(SignInRequired why) {
    try {
      return dialog.apply(why);
    } catch (RuntimeException | Error e) { // such as for want of a screen: no call waits for ever
      return CompletableFuture.failedFuture(e);
    }
  }
}
