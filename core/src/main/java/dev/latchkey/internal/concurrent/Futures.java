package dev.latchkey.internal.concurrent;

import dev.latchkey.error.SignInCancelled;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waiting for futures, and running what blocks where it may. */
public final class Futures {

  private static final Logger log = LoggerFactory.getLogger(Futures.class);

  private Futures() {}

  /** Waits; what the future failed with is thrown as it is. */
  public static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("interrupted while waiting");
      cancelled.initCause(e);
      throw cancelled;
    } catch (ExecutionException e) {
      throw unchecked(e.getCause() == null ? e : e.getCause());
    }
  }

  /**
   * Waits for a part of a sign-in, which an interrupt cancels. What cannot be cancelled any more is
   * as good as done, and is waited for.
   */
  public static <T> T awaitSignIn(CompletableFuture<T> future, BooleanSupplier cancel) {
    try {
      return await(future);
    } catch (CancellationException e) {
      if (!cancel.getAsBoolean()) {
        return join(future);
      }
      throw new SignInCancelled(
          "The sign-in was cancelled: its thread was interrupted", null, null, e);
    }
  }

  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join(); // leaves the interrupt flag set
    } catch (CompletionException e) {
      throw unchecked(e);
    }
  }

  /** Runs it there; if the executor does not take it, the future fails. */
  public static <T> CompletableFuture<T> callOn(Executor executor, Callable<T> task) {
    CompletableFuture<T> future = new CompletableFuture<>();
    try {
      executor.execute(() -> call(task, future));
    } catch (RuntimeException | Error e) { // shut down, or no more threads to be had
      future.completeExceptionally(e);
    }
    return future;
  }

  private static <T> void call(Callable<T> task, CompletableFuture<T> future) {
    try {
      future.complete(task.call());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      future.completeExceptionally(new CancellationException("the worker was interrupted"));
    } catch (Throwable e) {
      future.completeExceptionally(e);
    }
  }

  /** Goes on when the future is done; a failure of what follows is a bug, and is logged as one. */
  @SuppressWarnings("FutureReturnValueIgnored")
  public static <T> void then(
      CompletableFuture<T> future, BiConsumer<T, @Nullable Throwable> next) {
    future.whenComplete(
        (value, failure) -> {
          try {
            next.accept(value, failure == null ? null : unwrap(failure));
          } catch (RuntimeException | Error e) {
            log.error("a continuation failed", e);
            throw e;
          }
        });
  }

  /** The failure itself, without the wrappers that futures put around it. */
  public static Throwable unwrap(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  public static RuntimeException unchecked(Throwable failure) {
    Throwable cause = unwrap(failure);
    if (cause instanceof RuntimeException exception) {
      return exception;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new CompletionException(cause);
  }
}
