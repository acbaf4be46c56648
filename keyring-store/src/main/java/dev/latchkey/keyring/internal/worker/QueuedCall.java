package dev.latchkey.keyring.internal.worker;

import dev.latchkey.internal.text.SafeCause;
import dev.latchkey.internal.time.Time;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A call for another thread to make. It is either started or cancelled, never both. */
final class QueuedCall<T> {

  /** The call; throws unchecked exceptions only. */
  interface Work<T> {
    @Nullable T get();
  }

  private final Work<T> work;
  private final Time time;
  private final AtomicBoolean claimed = new AtomicBoolean();
  private final CompletableFuture<Void> left = new CompletableFuture<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private volatile @Nullable T result;
  private volatile @Nullable RuntimeException failure;
  private volatile @Nullable Error error;

  QueuedCall(Work<T> work, Time time) {
    this.work = work;
    this.time = time;
  }

  void run() {
    if (!claimed.compareAndSet(false, true)) {
      return;
    }
    try {
      result = work.get();
    } catch (RuntimeException e) {
      failure = e;
    } catch (Error e) {
      error = e;
    } finally {
      done.complete(null);
    }
  }

  /** From here on its time counts: it leaves for the keyring. */
  void leaves() {
    left.complete(null);
  }

  boolean hasLeft() {
    return left.isDone();
  }

  /** Ends a call that was not started, as one behind a call that hangs. */
  void fail(RuntimeException e) {
    if (cancel()) {
      failure = e;
      done.complete(null);
    }
  }

  /** Returns true if the call will never start. */
  boolean cancel() {
    return claimed.compareAndSet(false, true);
  }

  /** Whether the call was started or cancelled. */
  boolean isClaimed() {
    return claimed.get();
  }

  boolean isDone() {
    return done.isDone();
  }

  /**
   * Waits regardless of interrupts: a write abandoned halfway would lose a refresh token.
   *
   * @param preparation how long the call may take to leave: on a busy machine, classes take their
   *     time to load, and other calls may come first
   * @param limit from when it has left
   */
  boolean await(Duration preparation, Duration limit) {
    if (!left.isDone()) {
      waitFor(preparation, CompletableFuture.anyOf(left, done));
    }
    if (left.isDone()) {
      waitFor(limit, done);
    }
    return isDone();
  }

  /** Waits regardless of interrupts. */
  boolean await(Duration limit) {
    waitFor(limit, done);
    return isDone();
  }

  private void waitFor(Duration limit, CompletableFuture<?> end) {
    CompletableFuture<Void> timer = time.after(limit);
    CompletableFuture.anyOf(end, timer).join();
    timer.cancel(false);
  }

  /** Waits until this thread is interrupted, which it then still is. */
  boolean awaitInterruptibly(Duration limit) {
    CompletableFuture<Void> timer = time.after(limit);
    try {
      CompletableFuture.anyOf(done, timer).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      timer.cancel(false);
    }
    return isDone();
  }

  @Nullable T result() {
    if (error != null) {
      throw new IllegalStateException("The keyring's library failed.", SafeCause.of(error));
    }
    RuntimeException thrown = failure;
    if (thrown != null) {
      thrown.addSuppressed(new CallSite());
      throw thrown;
    }
    return result;
  }

  /** The caller's stack trace: the failure has the worker's. */
  private static final class CallSite extends Exception {
    private static final long serialVersionUID = 1L;

    CallSite() {
      super("called from");
    }
  }
}
