package dev.latchkey.swing.internal.flow;

import dev.latchkey.BrowserSignIn;
import dev.latchkey.SignIn;
import dev.latchkey.SignInOptions;
import dev.latchkey.SignInResult;
import dev.latchkey.swing.internal.state.Event;
import dev.latchkey.swing.internal.state.Way;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One code, one page of the browser, or one unlocking. Lives on the event thread. */
final class Attempt {

  private final SignInFlow flow;
  private final Gateway gateway;
  private final Executor eventThread;

  private boolean over;
  private @Nullable CompletableFuture<?> beginning;
  private @Nullable Pending pending;

  /** A sign-in that waits for the person. */
  private record Pending(BooleanSupplier cancel, CompletableFuture<SignInResult> result) {}

  Attempt(SignInFlow flow, Gateway gateway, Executor eventThread) {
    this.flow = flow;
    this.gateway = gateway;
    this.eventThread = eventThread;
  }

  void begin(Way way, SignInOptions options) {
    if (way == Way.CODE) {
      await(gateway.beginCode(options), this::begun, SignIn::cancel);
    } else {
      await(gateway.beginBrowser(options), this::begun, BrowserSignIn::cancel);
    }
  }

  void unlock() {
    await(gateway.unlock(), unlocked -> tell(new Event.Unlocked()), unlocked -> {});
  }

  /** Opens the browser; the attempt goes on meanwhile. */
  void open(URI page) {
    var unused =
        gateway
            .open(page)
            .whenComplete(
                (started, failure) ->
                    eventThread.execute(
                        () -> tell(new Event.PageOpened(failure == null && started))));
  }

  private <T extends @Nullable Object> void await(
      CompletableFuture<T> future, Consumer<T> begun, Consumer<T> late) {
    beginning = future;
    var unused =
        future.whenComplete(
            (value, failure) ->
                eventThread.execute(
                    () -> {
                      if (failure != null) {
                        tell(new Event.Failed(thrown(failure)));
                      } else if (over) {
                        late.accept(value);
                      } else {
                        begun.accept(value);
                      }
                    }));
  }

  private void begun(SignIn signIn) {
    pending(new Pending(signIn::cancel, signIn.result()));
    signIn.onProgress(progress -> eventThread.execute(() -> tell(new Event.Polled(progress))));
    tell(new Event.CodeIssued(signIn.deviceAuthorization()));
  }

  private void begun(BrowserSignIn signIn) {
    pending(new Pending(signIn::cancel, signIn.result()));
    tell(new Event.PagePrepared(signIn.uri(), signIn.expiresIn()));
  }

  private void pending(Pending signIn) {
    pending = signIn;
    var unused =
        signIn
            .result()
            .whenComplete(
                (done, failure) ->
                    eventThread.execute(
                        () ->
                            tell(
                                failure == null
                                    ? new Event.Succeeded(done)
                                    : new Event.Failed(thrown(failure)))));
  }

  /** The exception itself, where a future that depends on another one has wrapped it. */
  static Throwable thrown(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private void tell(Event event) {
    if (!over) {
      flow.on(this, event);
    }
  }

  /**
   * Ends the attempt: not one request follows.
   *
   * @return false if its tokens have arrived already; then it goes on, and {@link #result} tells
   */
  boolean cancel() {
    if (!over && pending != null && !pending.cancel().getAsBoolean()) {
      over = pending.result().isCompletedExceptionally();
    } else {
      over = true;
    }
    if (over && beginning != null) {
      beginning.cancel(true);
    }
    return over;
  }

  /** The result of a sign-in that could not be cancelled. */
  CompletableFuture<SignInResult> result() {
    return Objects.requireNonNull(pending).result();
  }
}
