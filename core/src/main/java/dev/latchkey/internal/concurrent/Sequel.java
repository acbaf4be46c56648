package dev.latchkey.internal.concurrent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What follows an answer that must not be lost. It is made before the request leaves, so that it
 * needs neither memory nor a class when the answer comes: a full heap, or an executor that takes no
 * more tasks, then costs nothing but the thread that brings the answer.
 *
 * @param <T> the answer
 * @param <R> what comes of it
 */
public final class Sequel<T, R extends @Nullable Object>
    implements BiConsumer<T, @Nullable Throwable>, Runnable {

  /** What follows. */
  public interface Step<T, R extends @Nullable Object> {

    /**
     * Goes on with the answer, or with the failure if that is not null. May block.
     *
     * @return what comes of it; may be done already
     */
    CompletableFuture<R> with(@Nullable T answer, @Nullable Throwable failure);
  }

  private final Executor executor;
  private final Step<T, R> step;
  private final CompletableFuture<R> result = new CompletableFuture<>();
  private final AtomicBoolean begun = new AtomicBoolean(); // an executor may keep it and throw
  private volatile @Nullable T answer;
  private volatile @Nullable Throwable failure;

  /**
   * Creates one.
   *
   * @param executor runs the step; if it rejects that, the thread of the answer does
   */
  public Sequel(Executor executor, Step<T, R> step) {
    this.executor = executor;
    this.step = step;
  }

  /** Follows this answer; to be called once. */
  @SuppressWarnings("FutureReturnValueIgnored")
  public CompletableFuture<R> after(CompletableFuture<T> coming) {
    coming.whenComplete(this);
    return result;
  }

  @Override
  public void accept(T value, @Nullable Throwable thrown) {
    answer = value;
    failure = thrown == null ? null : Futures.unwrap(thrown);
    try {
      executor.execute(this);
    } catch (RuntimeException | Error e) { // better on this thread than never
      run();
    }
  }

  @Override
  public void run() {
    if (!begun.compareAndSet(false, true)) {
      return;
    }
    CompletableFuture<R> next;
    try {
      next = step.with(answer, failure);
    } catch (Throwable e) {
      result.completeExceptionally(e);
      return;
    }
    Futures.pass(next, result);
  }
}
