package dev.latchkey.swing.internal.flow;

import dev.latchkey.Account;
import dev.latchkey.error.SignInCancelled;
import dev.latchkey.error.SignInRequired;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The dialog of one account, and the calls that wait for it. Lives on the event thread. */
final class OpenDialog {

  private final Executor eventThread;
  private final Runnable ended;
  private final Consumer<AgainCall> again;
  private final List<AgainCall> calls = new ArrayList<>();

  /** The call whose dialog it is. */
  private AgainCall shower;

  private CompletableFuture<Account> shown = new CompletableFuture<>();

  /**
   * Creates it for its first call; nothing is shown yet.
   *
   * @param ended is told when the dialog has gone, before the calls go on
   * @param again takes a call for which this sign-in was not enough
   */
  OpenDialog(AgainCall first, Executor eventThread, Runnable ended, Consumer<AgainCall> again) {
    this.eventThread = eventThread;
    this.ended = ended;
    this.again = again;
    this.shower = first;
    watch(first);
  }

  void show() {
    try {
      shown = shower.dialog().open(shower.why());
    } catch (RuntimeException | Error e) { // no call waits for ever
      shown = CompletableFuture.failedFuture(e);
    }
    var unused = shown.whenComplete(this::end);
  }

  /** Takes another call, whose window may be another one: the dialog comes to the front. */
  void add(AgainCall call) {
    watch(call);
    shower.dialog().raise();
  }

  private void watch(AgainCall call) {
    calls.add(call);
    var unused =
        call.future().whenComplete((account, failure) -> eventThread.execute(this::closeForNobody));
  }

  /** Closes the dialog once the application has cancelled all calls. */
  private void closeForNobody() {
    if (calls.stream().noneMatch(AgainCall::waits)) {
      shown.cancel(true);
    }
  }

  private void end(Account account, @Nullable Throwable failure) {
    calls.removeIf(call -> !call.waits());
    if (failure instanceof SignInCancelled && shower.dialog().wentWithItsWindow()) {
      List<AgainCall> gone = calls.stream().filter(call -> call.dialog().ownerIsGone()).toList();
      if (gone.size() < calls.size()) { // nobody has cancelled the others
        calls.removeAll(gone);
        shower =
            calls.stream()
                .filter(call -> call.dialog().hasOwner()) // its dialog stays before its window
                .findFirst()
                .orElse(calls.get(0));
        show();
        gone.forEach(call -> call.future().completeExceptionally(failure));
        return;
      }
    }
    ended.run();
    for (AgainCall call : List.copyOf(calls)) {
      if (failure != null) {
        call.future().completeExceptionally(Attempt.thrown(failure));
      } else {
        goOn(call, account);
      }
    }
  }

  private void goOn(AgainCall call, Account account) {
    String asked = call.why().accountId();
    boolean isAnother = asked != null && !asked.equals(account.id());
    if (isAnother || call.why().requirements().equals(shower.why().requirements())) {
      call.future().complete(account);
      return;
    }
    var unused =
        stillRequired(call, account)
            .whenComplete( // the call meets what else goes wrong when it is repeated
                (why, failure) -> eventThread.execute(() -> goOn(call, account, why)));
  }

  private static CompletableFuture<@Nullable SignInRequired> stillRequired(
      AgainCall call, Account account) {
    try {
      return call.dialog().stillRequired(account, call.why());
    } catch (RuntimeException | Error e) { // the others go on, whatever it is
      return CompletableFuture.failedFuture(e);
    }
  }

  private void goOn(AgainCall call, Account account, @Nullable SignInRequired why) {
    if (why == null) {
      call.future().complete(account);
    } else {
      again.accept(new AgainCall(call.dialog(), why, call.future()));
    }
  }
}
