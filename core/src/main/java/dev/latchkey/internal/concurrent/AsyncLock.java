package dev.latchkey.internal.concurrent;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A lock that is waited for without a thread. Fair, not reentrant, and not bound to a thread.
 * Thread-safe.
 */
public final class AsyncLock {

  /** Stays whole if there is no memory to add to it, which an array that grows does not. */
  @GuardedBy("this")
  private final Queue<CompletableFuture<Boolean>> waiting = new ConcurrentLinkedQueue<>();

  @GuardedBy("this")
  private boolean taken;

  /**
   * Waits for the lock. Does not block. If it throws, as it may where memory or threads run out,
   * the caller does not have the lock.
   *
   * @param mine becomes whether the caller has the lock, to be released by {@link #release}: at
   *     once, or by the thread that releases the lock, or by the JDK's timer. Whatever follows it
   *     is to depend on it already
   * @param timeout how long to wait; zero or less tries once
   */
  public void take(CompletableFuture<Boolean> mine, Duration timeout) {
    if (isTakenElseQueued(mine)) {
      mine.complete(true);
      return;
    }
    try {
      Futures.then(mine, (got, failure) -> forget(mine));
      if (timeout.isZero() || timeout.isNegative()) {
        mine.complete(false);
      } else {
        CompletableFuture<Boolean> unused =
            mine.completeOnTimeout(false, NANOSECONDS.convert(timeout), NANOSECONDS);
      }
    } catch (RuntimeException | Error e) {
      if (givenUp(mine)) { // else the lock came in that moment
        throw e;
      }
    }
  }

  private synchronized boolean isTakenElseQueued(CompletableFuture<Boolean> mine) {
    if (taken) {
      waiting.add(mine);
      return false;
    }
    taken = true; // nobody waits either
    return true;
  }

  private synchronized void forget(CompletableFuture<Boolean> mine) {
    waiting.removeIf(each -> each == mine);
  }

  /**
   * The same for a caller that may block.
   *
   * @throws InterruptedException if this thread is interrupted; it does not have the lock then
   */
  public boolean takeBlocking(Duration timeout) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    if (isTakenElseQueued(mine)) {
      return true;
    }
    try {
      return mine.get(NANOSECONDS.convert(timeout), NANOSECONDS);
    } catch (TimeoutException e) {
      return !givenUp(mine);
    } catch (ExecutionException e) {
      throw Futures.unchecked(e); // nobody fails it
    } catch (InterruptedException | RuntimeException | Error e) {
      if (!givenUp(mine)) {
        release();
      }
      throw e;
    }
  }

  /** Stops waiting; false if the lock came in that moment. */
  private boolean givenUp(CompletableFuture<Boolean> mine) {
    boolean inTime = mine.complete(false);
    if (inTime) {
      forget(mine); // if that fails, the next release passes it over
    }
    return inTime;
  }

  /** Releases the lock, on any thread. Who waits longest has it next. */
  public void release() {
    CompletableFuture<Boolean> next = next();
    while (next != null && !next.complete(true)) { // else it has given up
      next = next();
    }
  }

  private synchronized @Nullable CompletableFuture<Boolean> next() {
    CompletableFuture<Boolean> next = waiting.poll();
    taken = next != null;
    return next;
  }
}
