package dev.latchkey.keyring;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A piece of work for another thread; either it is started or it is cancelled. */
final class Task<T> {

  /** What is to be done; throws unchecked only. */
  interface Work<T> {
    @Nullable T get();
  }

  private final Work<T> work;
  private final AtomicBoolean claimed = new AtomicBoolean();
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile @Nullable T result;
  private volatile @Nullable RuntimeException failure;
  private volatile @Nullable Error error;

  Task(Work<T> work) {
    this.work = work;
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
      done.countDown();
    }
  }

  /** True if it will never start. */
  boolean cancel() {
    return claimed.compareAndSet(false, true);
  }

  /** Whether it was started, or never will be. */
  boolean isStarted() {
    return claimed.get();
  }

  boolean isDone() {
    return done.getCount() == 0;
  }

  /** Waits, whatever interrupts: a write that is given up half-way would lose a refresh token. */
  boolean await(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return done.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits; false, too, if this thread is interrupted, which it then still is. */
  boolean awaitInterruptibly(Duration patience) {
    try {
      return done.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return isDone();
    }
  }

  @Nullable T result() {
    if (error != null) {
      throw new IllegalStateException("The keyring's library failed.", error);
    }
    RuntimeException thrown = failure;
    if (thrown != null) {
      thrown.addSuppressed(new CallSite());
      throw thrown;
    }
    return result;
  }

  /** Who asked, since the stack trace of the failure is the worker's. */
  private static final class CallSite extends Exception {
    private static final long serialVersionUID = 1L;

    CallSite() {
      super("called from");
    }
  }
}
