package dev.latchkey.examples.desktop.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.Account;
import dev.latchkey.error.SignInCancelled;
import dev.latchkey.error.SignInRequired;
import java.awt.AWTError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SignInAgainTest {

  private static final Account ADELE = account("a");
  private static final Account BRUNO = account("b");
  private final SignInRequired why =
      new SignInRequired(
          SignInRequired.Reason.REVOKED, null, "a", "The session has ended.", null, null, null);

  private final List<CompletableFuture<Account>> dialogs = new ArrayList<>();
  private final List<Boolean> waiting = new ArrayList<>();
  private final Queue<Runnable> events = new ArrayDeque<>();
  private final SignInAgain again =
      new SignInAgain(
          reason -> {
            CompletableFuture<Account> dialog = new CompletableFuture<>();
            dialogs.add(dialog);
            return dialog;
          },
          waiting::add,
          events::add);

  private static Account account(String id) {
    return new Account(id, "https://login.example", id, null, null, id + "@contoso.example", null);
  }

  @Test
  void callsThatShareADialogGoOnInOneRound() {
    CompletableFuture<Account> one = again.join(ADELE, why, 0);
    CompletableFuture<Account> two = again.join(ADELE, why, 0);
    assertThat(one).isNotDone();

    dialogs.forEach(dialog -> dialog.complete(ADELE));

    assertThat(one).isCompletedWithValue(ADELE);
    assertThat(two).isCompletedWithValue(ADELE);
    assertThat(waiting).containsExactly(true, false);
    assertThat(again.round(ADELE)).isEqualTo(1); // what begins now and fails asks again
  }

  @Test
  void callThatBeganBeforeTheSignInAndFailedAfterItNeedsNoDialog() {
    int begun = again.round(ADELE);
    var unused = again.join(ADELE, why, begun);
    dialogs.get(0).complete(ADELE);

    assertThat(again.join(ADELE, why, begun)).isCompletedWithValue(ADELE);
    assertThat(dialogs).hasSize(1);
  }

  /** The second of two calls that shared a dialog needed more, and got a dialog of its own. */
  @Test
  void callThatBeganBetweenTwoDialogsAndFailedAfterTheSecondNeedsNoThirdOne() {
    var unused = again.join(ADELE, why, 0);
    unused = again.join(ADELE, why, 0);
    dialogs.get(0).complete(ADELE);
    runEvents();
    int begun = again.round(ADELE);
    dialogs.get(1).complete(ADELE);
    runEvents();

    assertThat(again.join(ADELE, why, begun)).isCompletedWithValue(ADELE);
    assertThat(dialogs).hasSize(2);
  }

  private void runEvents() {
    for (Runnable event = events.poll(); event != null; event = events.poll()) {
      event.run();
    }
  }

  @Test
  void callThatBeganAfterTheSignInAsksAgain() {
    var unused = again.join(ADELE, why, again.round(ADELE));
    dialogs.get(0).complete(ADELE);

    unused = again.join(ADELE, why, again.round(ADELE));

    assertThat(dialogs).hasSize(2);
  }

  @Test
  void callThatGoesOnMayAskAtOnceForMore() {
    CompletableFuture<Account> next = new CompletableFuture<>();
    var unused =
        again
            .join(ADELE, why, 0)
            .thenAccept(
                account -> {
                  var unusedToo = again.join(account, why, again.round(account));
                })
            .thenAccept(joined -> next.complete(ADELE));

    dialogs.get(0).complete(ADELE);

    assertThat(next).isCompleted();
    assertThat(dialogs).hasSize(2);
  }

  @Test
  void closedDialogFailsAllAndTheNextCallAsksAgain() {
    CompletableFuture<Account> one = again.join(ADELE, why, 0);
    CompletableFuture<Account> two = again.join(ADELE, why, 0);
    SignInCancelled closed = new SignInCancelled("closed", null, null, null);
    dialogs.forEach(dialog -> dialog.completeExceptionally(closed));

    assertThat(one).isCompletedExceptionally();
    assertThat(two).isCompletedExceptionally();
    var unused = again.join(ADELE, why, 0);
    assertThat(dialogs).hasSize(3);
  }

  @Test
  void callOfOneAccountDoesNotGoOnAsAnother() {
    CompletableFuture<Account> joined = again.join(ADELE, why, 0);

    dialogs.get(0).complete(BRUNO);

    assertThat(joined).isCompletedExceptionally();
    assertThat(joined.handle((account, failure) -> failure).join())
        .isInstanceOf(CancellationException.class);
    assertThat(again.round(ADELE)).isZero();
  }

  @Test
  void windowWaitsUntilTheLastDialogHasGone() {
    var unused = again.join(ADELE, why, 0);
    unused = again.join(BRUNO, why, 0);
    assertThat(dialogs).hasSize(2);

    dialogs.get(0).complete(ADELE);

    assertThat(waiting).containsExactly(true);
    dialogs.get(1).complete(BRUNO);
    assertThat(waiting).endsWith(false);
  }

  @Test
  void dialogThatCannotBeShownFailsTheCall() {
    SignInAgain withoutScreen =
        new SignInAgain(
            why -> {
              throw new IllegalStateException("no screen");
            },
            waiting::add,
            events::add);

    CompletableFuture<Account> joined = withoutScreen.join(ADELE, why, 0);

    assertThat(joined).isCompletedExceptionally();
    assertThat(waiting).containsExactly(true, false);
  }

  @Test
  void errorOfTheDialogFailsTheCall() {
    SignInAgain brokenScreen =
        new SignInAgain(
            why -> {
              throw new AWTError("the display has gone");
            },
            waiting::add,
            events::add);

    CompletableFuture<Account> joined = brokenScreen.join(ADELE, why, 0);

    assertThat(joined).isCompletedExceptionally();
    assertThat(waiting).containsExactly(true, false);
  }
}
