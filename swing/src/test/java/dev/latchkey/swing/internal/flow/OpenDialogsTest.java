package dev.latchkey.swing.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.Account;
import dev.latchkey.error.SignInCancelled;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.error.SignInRequired.Requirements;
import dev.latchkey.swing.fixture.Samples;
import java.awt.AWTError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** On an event thread that the test moves, and without a window. */
class OpenDialogsTest {

  private static final Account ANN = Samples.account("a", "ann@example.com");
  private static final Account BOB = Samples.account("b", "bob@example.com");

  private final Queue<Runnable> events = new ArrayDeque<>();
  private final OpenDialogs dialogs = new OpenDialogs(events::add);
  private final List<Shown> shown = new ArrayList<>();

  /** A dialog that was opened. */
  private record Shown(Window window, SignInRequired why, CompletableFuture<Account> future) {}

  private Window window() {
    return new Window("the client");
  }

  private CompletableFuture<Account> again(Window window, SignInRequired why) {
    CompletableFuture<Account> future = new CompletableFuture<>();
    dialogs.join(new AgainCall(window, why, future));
    runEvents();
    return future;
  }

  private void runEvents() {
    for (Runnable event = events.poll(); event != null; event = events.poll()) {
      event.run();
    }
  }

  private static SignInRequired why(@Nullable String accountId, String... scopes) {
    return new SignInRequired(
        Reason.REVOKED,
        Requirements.NONE.withAccountId(accountId).withScopes(Set.of(scopes)),
        "The session has ended.",
        null,
        null,
        null);
  }

  private static SignInCancelled closed() {
    return new SignInCancelled("closed", null, null, null);
  }

  @Test
  void callsOfOneAccountShareOneDialogAndAllGoOn() {
    CompletableFuture<Account> one = again(window(), why("a"));
    CompletableFuture<Account> two = again(window(), why("a"));
    CompletableFuture<Account> three = again(window(), why("a"));
    assertThat(shown).hasSize(1);

    shown.get(0).future().complete(ANN);
    runEvents();

    assertThat(List.of(one, two, three))
        .allSatisfy(call -> assertThat(call).isCompletedWithValue(ANN));
    assertThat(shown).hasSize(1);
  }

  @Test
  void eachAccountAndEachClientHasADialogOfItsOwn() {
    var unused = again(window(), why("a"));
    unused = again(window(), why("b"));
    unused = again(new Window("another client"), why("a"));

    assertThat(shown).hasSize(3);
  }

  @Test
  void callOfAnotherWindowBringsTheDialogToTheFront() {
    Window first = window();
    Window second = window();
    var unused = again(first, why("a"));
    assertThat(first.raised).isZero();

    unused = again(second, why("a"));

    assertThat(first.raised).isEqualTo(1);
    assertThat(second.raised).isZero();
  }

  @Test
  void closedDialogFailsAllCallsAndTheNextOneAsksAgain() {
    CompletableFuture<Account> one = again(window(), why("a"));
    CompletableFuture<Account> two = again(window(), why("a", "Files.Read"));
    SignInCancelled cancelled = closed();

    shown.get(0).future().completeExceptionally(cancelled);
    runEvents();

    assertThat(one.handle((account, failure) -> failure)).isCompletedWithValue(cancelled);
    assertThat(two.handle((account, failure) -> failure)).isCompletedWithValue(cancelled);
    var unused = again(window(), why("a"));
    assertThat(shown).hasSize(2);
  }

  @Test
  void dialogStaysUntilTheApplicationHasCancelledAllCalls() {
    CompletableFuture<Account> one = again(window(), why("a"));
    CompletableFuture<Account> two = again(window(), why("a"));

    assertThat(one.cancel(true)).isTrue();
    runEvents();
    assertThat(shown.get(0).future()).isNotDone();

    assertThat(two.cancel(true)).isTrue();
    runEvents();
    assertThat(shown.get(0).future()).isCancelled();
    var unused = again(window(), why("a"));
    assertThat(shown).hasSize(2);
  }

  @Test
  void callThatWasCancelledBeforeItBeganShowsNothing() {
    CompletableFuture<Account> cancelled = new CompletableFuture<>();
    assertThat(cancelled.cancel(true)).isTrue();

    dialogs.join(new AgainCall(window(), why("a"), cancelled));

    assertThat(shown).isEmpty();
  }

  @Test
  void callWhoseTokenCameWithTheSignInOfAnotherNeedsNoDialog() {
    Window window = window();
    var unused = again(window, why("a"));
    CompletableFuture<Account> other = again(window, why("a", "Files.Read"));
    shown.get(0).future().complete(ANN);
    runEvents();
    assertThat(other).isNotDone(); // it is being looked at

    window.looks.get(0).complete(null);
    runEvents();

    assertThat(other).isCompletedWithValue(ANN);
    assertThat(shown).hasSize(1);
  }

  @Test
  void callsThatNeedMoreThanTheDialogAskedForShareTheNextOne() {
    Window window = window();
    CompletableFuture<Account> first = again(window, why("a"));
    CompletableFuture<Account> second = again(window, why("a", "Files.Read"));
    CompletableFuture<Account> third = again(window, why("a", "Files.Read"));
    shown.get(0).future().complete(ANN);
    runEvents();
    SignInRequired more = why("a", "Files.Read", "Mail.Read");

    window.looks.forEach(look -> look.complete(more));
    runEvents();

    assertThat(first).isCompletedWithValue(ANN);
    assertThat(shown).hasSize(2);
    assertThat(shown.get(1).why()).isSameAs(more);
    shown.get(1).future().complete(ANN);
    runEvents();
    assertThat(second).isCompletedWithValue(ANN);
    assertThat(third).isCompletedWithValue(ANN);
    assertThat(shown).hasSize(2);
  }

  @Test
  void callThatGoesOnMayAskAtOnceForMore() {
    CompletableFuture<Account> call = again(window(), why("a"));
    var unused = call.thenAccept(account -> dialogs.join(call(why("a"))));

    shown.get(0).future().complete(ANN);
    runEvents();

    assertThat(shown).hasSize(2);
  }

  private AgainCall call(SignInRequired why) {
    return new AgainCall(window(), why, new CompletableFuture<>());
  }

  @Test
  void allCallsHearThatAnotherPersonSignedIn() {
    CompletableFuture<Account> one = again(window(), why("a"));
    CompletableFuture<Account> two = again(window(), why("a", "Files.Read"));

    shown.get(0).future().complete(BOB);
    runEvents();

    assertThat(one).isCompletedWithValue(BOB);
    assertThat(two).isCompletedWithValue(BOB);
    assertThat(shown).hasSize(1);
  }

  @Test
  void callsWithoutAnAccountShareOneDialog() {
    SignInRequired nobody =
        new SignInRequired(Reason.SIGNED_OUT, null, null, "Nobody is signed in.", null, null, null);
    CompletableFuture<Account> one = again(window(), nobody);
    CompletableFuture<Account> two = again(window(), nobody);
    assertThat(shown).hasSize(1);

    shown.get(0).future().complete(ANN);
    runEvents();

    assertThat(one).isCompletedWithValue(ANN);
    assertThat(two).isCompletedWithValue(ANN);
  }

  @Test
  void callWithoutAnAccountThatNeedsMoreThanTheDialogAskedForGetsItsOwn() {
    Window window = window();
    CompletableFuture<Account> first = again(window, why(null));
    CompletableFuture<Account> second = again(window, why(null, "Files.Read"));
    shown.get(0).future().complete(ANN);
    runEvents();
    assertThat(first).isCompletedWithValue(ANN);
    assertThat(second).isNotDone(); // it is being looked at
    SignInRequired more = why("a", "Files.Read");

    window.looks.forEach(look -> look.complete(more));
    runEvents();

    assertThat(shown).hasSize(2);
    assertThat(shown.get(1).why()).isSameAs(more);
    shown.get(1).future().complete(ANN);
    runEvents();
    assertThat(second).isCompletedWithValue(ANN);
  }

  @Test
  void callThatCannotBeLookedAtHoldsUpNoOther() {
    Window broken = window();
    broken.lookError = new StackOverflowError();
    CompletableFuture<Account> first = again(window(), why("a"));
    CompletableFuture<Account> second = again(broken, why("a", "Files.Read"));
    CompletableFuture<Account> third = again(window(), why("a"));

    shown.get(0).future().complete(ANN);
    runEvents();

    assertThat(List.of(first, second, third))
        .allSatisfy(call -> assertThat(call).isCompletedWithValue(ANN));
    assertThat(shown).hasSize(1);
  }

  /** The dialog that was shown first goes with its window. */
  private void disposeOwner(Window owner) {
    owner.disposed = true;
    shown.get(0).future().completeExceptionally(closed());
    runEvents();
  }

  @Test
  void dialogThatGoesWithItsWindowComesAgainForTheCallWithoutOne() {
    Window first = window();
    Window none = window();
    none.isNone = true;
    CompletableFuture<Account> gone = again(first, why("a"));
    CompletableFuture<Account> left = again(none, why("a"));

    disposeOwner(first);

    assertThat(gone).isCompletedExceptionally();
    assertThat(left).isNotDone();
    assertThat(shown).hasSize(2);
    assertThat(shown.get(1).window()).isSameAs(none);
    shown.get(1).future().completeExceptionally(closed()); // and this time by the person
    runEvents();
    assertThat(left).isCompletedExceptionally();
    assertThat(shown).hasSize(2);
  }

  @Test
  void callOfAWindowComesBeforeOneWithoutWhenTheDialogComesAgain() {
    Window first = window();
    Window none = window();
    none.isNone = true;
    Window second = window();
    var unused = again(first, why("a"));
    unused = again(none, why("a"));
    unused = again(second, why("a"));

    disposeOwner(first);

    assertThat(shown).hasSize(2);
    assertThat(shown.get(1).window()).isSameAs(second);
  }

  @Test
  void dialogThatGoesWithItsWindowComesAgainForTheCallsOfAnotherWindow() {
    Window first = window();
    Window second = window();
    CompletableFuture<Account> gone = again(first, why("a"));
    CompletableFuture<Account> left = again(second, why("a"));

    disposeOwner(first);

    assertThat(gone).isCompletedExceptionally();
    assertThat(left).isNotDone();
    assertThat(shown).hasSize(2);
    assertThat(shown.get(1).window()).isSameAs(second);
    shown.get(1).future().complete(ANN);
    runEvents();
    assertThat(left).isCompletedWithValue(ANN);
    var unused = again(second, why("a")); // and nothing is left of the first one
    assertThat(shown).hasSize(3);
  }

  @Test
  void dialogComesAgainForTheCallWhoseOwnerWasMovedBeforeItsWindowWent() {
    Window first = window();
    CompletableFuture<Account> call = again(first, why("a"));

    first.moved = true;
    disposeOwner(first);

    assertThat(call).isNotDone();
    assertThat(shown).hasSize(2);
    shown.get(1).future().complete(ANN);
    runEvents();
    assertThat(call).isCompletedWithValue(ANN);
  }

  @Test
  void errorOfTheWindowsFailsAllCallsAndTheNextOneTriesAgain() {
    Window broken = window();
    broken.error = new AWTError("the display has gone");

    CompletableFuture<Account> call = again(broken, why("a"));

    assertThat(call.handle((account, failure) -> failure)).isCompletedWithValue(broken.error);
    var unused = again(window(), why("a"));
    assertThat(shown).hasSize(1);
  }

  /** A caller with a window. */
  private final class Window implements AgainDialog {
    private final Object client;
    private final List<CompletableFuture<@Nullable SignInRequired>> looks = new ArrayList<>();
    private @Nullable Error error;
    private @Nullable Error lookError;
    private boolean isNone;
    private boolean disposed;
    private boolean moved;
    private int raised;

    private Window(Object client) {
      this.client = client;
    }

    @Override
    public Object client() {
      return client;
    }

    @Override
    public CompletableFuture<Account> open(SignInRequired why) {
      if (error != null) {
        throw error;
      }
      CompletableFuture<Account> future = new CompletableFuture<>();
      shown.add(new Shown(this, why, future));
      return future;
    }

    @Override
    public void raise() {
      raised++;
    }

    @Override
    public boolean hasOwner() {
      return !isNone && !ownerIsGone();
    }

    @Override
    public boolean ownerIsGone() {
      return disposed && !moved;
    }

    @Override
    public boolean wentWithItsWindow() {
      return disposed;
    }

    @Override
    public CompletableFuture<@Nullable SignInRequired> stillRequired(
        Account account, SignInRequired why) {
      if (lookError != null) {
        throw lookError;
      }
      CompletableFuture<@Nullable SignInRequired> look = new CompletableFuture<>();
      looks.add(look);
      return look;
    }
  }
}
