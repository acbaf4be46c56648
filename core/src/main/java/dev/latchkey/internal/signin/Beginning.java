package dev.latchkey.internal.signin;

import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.Throttled;
import dev.latchkey.internal.concurrent.Futures;
import dev.latchkey.internal.session.Sessions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What the beginnings of both kinds of sign-in share. */
final class Beginning {

  private static final String SIGN_IN = "sign-in";

  private Beginning() {}

  /**
   * Throws the failure of the last beginning while the server asks to wait.
   *
   * @throws LatchkeyException that failure, with the time that is left
   */
  static void check(Sessions sessions) {
    sessions.signInBackoff().check(SIGN_IN);
  }

  /** A server that asks to wait, at whichever endpoint, delays the next sign-in too. */
  static Throwable remembered(Throwable failure, Sessions sessions) {
    boolean askedToWait =
        failure instanceof Throttled
            || (failure instanceof ServiceUnavailable down && down.retryAfter() != null);
    return askedToWait
        ? sessions.signInBackoff().failed(SIGN_IN, (LatchkeyException) failure)
        : failure;
  }

  /** The same result; a failure is {@link #remembered}. For what came of a request only. */
  static <T> CompletableFuture<T> remembering(CompletableFuture<T> asked, Sessions sessions) {
    return asked.exceptionally(
        failure -> {
          throw Futures.unchecked(remembered(Futures.unwrap(failure), sessions));
        });
  }

  /**
   * Begins without blocking: the first request of a client creates an HTTP client, which takes half
   * a second, and continuations may block. Cancelling the future cancels the beginning.
   *
   * @param executor begins, and completes the future
   * @param cancel ends a sign-in that nobody gets any more
   */
  static <S, P extends S> CompletableFuture<S> async(
      Executor executor, Supplier<CompletableFuture<P>> begin, Consumer<P> cancel) {
    CompletableFuture<S> mine = new CompletableFuture<>();
    Futures.then(
        Futures.callOn(
            executor,
            () -> {
              handOver(executor, begin.get(), mine, cancel);
              return true;
            }),
        (started, failure) -> {
          if (failure != null) {
            mine.completeExceptionally(failure);
          }
        });
    return mine;
  }

  private static <S, P extends S> void handOver(
      Executor executor,
      CompletableFuture<P> begun,
      CompletableFuture<S> mine,
      Consumer<P> cancel) {
    Futures.then(mine, (signIn, cancelled) -> begun.cancel(true)); // no effect if it is done
    Futures.then(
        Futures.<P>copyOn(executor, begun),
        (signIn, failure) -> {
          if (failure != null) {
            mine.completeExceptionally(failure);
          } else if (!mine.complete(signIn)) {
            cancel.accept(signIn); // cancelled a moment ago
          }
        });
  }
}
