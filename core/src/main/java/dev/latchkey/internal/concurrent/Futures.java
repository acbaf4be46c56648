package dev.latchkey.internal.concurrent;

import dev.latchkey.error.SignInCancelled;
import dev.latchkey.internal.text.SafeCause;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for futures, and runs blocking tasks on executors. */
public final class Futures {

  private static final Logger log = LoggerFactory.getLogger(Futures.class);

  private Futures() {}

  /**
   * Waits for a future and rethrows its failure.
   *
   * @throws CancellationException if this thread is interrupted; its interrupt flag is then set
   */
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
   * Waits for a part of a sign-in. An interrupt cancels it; if it is too late to cancel, the end is
   * near and is waited for.
   *
   * @param cancel cancels, and returns whether it was possible
   * @throws SignInCancelled if an interrupt cancelled it
   */
  public static <T> T awaitSignIn(CompletableFuture<T> future, BooleanSupplier cancel) {
    try {
      if (Thread.currentThread().isInterrupted()) { // a future that is done would not look at it
        throw new CancellationException("interrupted before waiting");
      }
      return await(future);
    } catch (CancellationException e) {
      if (!cancel.getAsBoolean()) {
        return join(future);
      }
      throw new SignInCancelled(
          "The sign-in was cancelled: its thread was interrupted", null, null, e);
    }
  }

  /** Waits for a future without regard to interrupts, and rethrows its failure. */
  public static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join(); // leaves the interrupt flag set
    } catch (CompletionException e) {
      throw unchecked(e);
    }
  }

  /** Runs a task on an executor. If the executor rejects it, the future fails. */
  public static <T> CompletableFuture<T> callOn(Executor executor, Callable<T> task) {
    CompletableFuture<T> future = new CompletableFuture<>();
    try {
      executor.execute(() -> call(task, future));
    } catch (RuntimeException | Error e) { // it was shut down, or no thread is available
      future.completeExceptionally(e);
    }
    return future;
  }

  private static <T> void call(Callable<T> task, CompletableFuture<T> future) {
    try {
      future.complete(task.call());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      future.completeExceptionally(interrupted());
    } catch (Throwable e) {
      future.completeExceptionally(e);
    }
  }

  /** Starts a task that goes on in a future. Whatever it throws, the future fails with it. */
  public static <T extends @Nullable Object> CompletableFuture<T> started(
      Callable<CompletableFuture<T>> task) {
    try {
      return task.call();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CompletableFuture.failedFuture(interrupted());
    } catch (Throwable e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Starts a task that holds something, which is closed when the task's future is done, before
   * anybody sees that, on the thread that completes it. If there is no memory even to wait for
   * that, it is closed at once.
   *
   * @param close closes it; throws nothing, and has no effect when repeated
   */
  public static <H, T extends @Nullable Object> CompletableFuture<T> holding(
      H held, Consumer<H> close, Callable<CompletableFuture<T>> task) {
    try {
      return started(task).whenComplete((value, failure) -> close.accept(held));
    } catch (Throwable e) {
      close.accept(held);
      throw e;
    }
  }

  /** Starts a task on an executor. If that rejects it, the future fails. */
  public static <T extends @Nullable Object> CompletableFuture<T> startedOn(
      Executor executor, Callable<CompletableFuture<T>> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      executor.execute(() -> pass(started(task), result));
    } catch (RuntimeException | Error e) { // it was shut down, or no thread is available
      result.completeExceptionally(e);
    }
    return result;
  }

  static <T extends @Nullable Object> void pass(
      CompletableFuture<T> from, CompletableFuture<T> to) {
    then(
        from,
        (value, failure) -> {
          if (failure != null) {
            to.completeExceptionally(failure);
          } else {
            to.complete(value);
          }
        });
  }

  private static CancellationException interrupted() {
    return new CancellationException("the worker was interrupted");
  }

  /**
   * Continues when the future is done. An exception of the continuation is a bug, and is logged.
   */
  @SuppressWarnings("FutureReturnValueIgnored")
  public static <T> void then(
      CompletableFuture<T> future, BiConsumer<T, @Nullable Throwable> next) {
    future.whenComplete(
        (value, failure) -> {
          try {
            next.accept(value, failure == null ? null : unwrap(failure));
          } catch (RuntimeException | Error e) {
            log.error("a continuation failed", SafeCause.of(e));
            throw e;
          }
        });
  }

  /**
   * A future for the application: it fails with the failure itself, without a wrapper, is completed
   * where continuations may block, and may be cancelled without harm to the original.
   *
   * @param executor completes it; if it rejects the task, the thread of the original does
   */
  public static <T> CompletableFuture<T> copyOn(
      Executor executor, CompletableFuture<? extends T> original) {
    CompletableFuture<T> copy = new CompletableFuture<>();
    then(
        original,
        (value, failure) ->
            executeOrRun(
                executor,
                () -> {
                  if (failure != null) {
                    copy.completeExceptionally(failure);
                  } else {
                    copy.complete(value);
                  }
                }));
    return copy;
  }

  private static void executeOrRun(Executor executor, Runnable task) {
    AtomicBoolean begun = new AtomicBoolean(); // an executor may keep a task and throw all the same
    Runnable once =
        () -> {
          if (begun.compareAndSet(false, true)) {
            task.run();
          }
        };
    try {
      executor.execute(once);
    } catch (RuntimeException | Error e) { // better on this thread than never
      once.run();
    }
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

  /** The failure itself, to be thrown; a checked one is wrapped. Throws errors at once. */
  public static RuntimeException unchecked(Throwable failure) {
    Throwable cause = unwrap(failure);
    if (cause instanceof RuntimeException exception) {
      return exception;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new CompletionException(SafeCause.of(cause));
  }
}
