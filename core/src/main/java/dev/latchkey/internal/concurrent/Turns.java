package dev.latchkey.internal.concurrent;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A lock that is waited for without a thread. Fair, not reentrant, and not bound to a thread.
 * Thread-safe.
 */
public final class Turns {

  @GuardedBy("this")
  private final Deque<CompletableFuture<Boolean>> waiting = new ArrayDeque<>();

  @GuardedBy("this")
  private boolean taken;

  /**
   * Waits for the lock. Does not block.
   *
   * @param timeout how long to wait; zero or less tries once
   * @return whether the caller has the lock, to be released by {@link #release}. Done at once, or
   *     completed by the thread that releases the lock, or by the JDK's timer
   */
  public CompletableFuture<Boolean> take(Duration timeout) {
    CompletableFuture<Boolean> mine = queued();
    if (!mine.isDone()) {
      Futures.then(mine, (got, failure) -> forget(mine));
      if (timeout.isZero() || timeout.isNegative()) {
        mine.complete(false);
      } else {
        CompletableFuture<Boolean> unused =
            mine.completeOnTimeout(false, NANOSECONDS.convert(timeout), NANOSECONDS);
      }
    }
    return mine;
  }

  private synchronized CompletableFuture<Boolean> queued() {
    if (!taken) { // nobody waits either
      taken = true;
      return CompletableFuture.completedFuture(true);
    }
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    waiting.add(mine);
    return mine;
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
    CompletableFuture<Boolean> mine = queued();
    try {
      return mine.get(NANOSECONDS.convert(timeout), NANOSECONDS);
    } catch (TimeoutException e) {
      return !givenUp(mine);
    } catch (InterruptedException e) {
      if (!givenUp(mine)) {
        release();
      }
      throw e;
    } catch (ExecutionException e) {
      throw Futures.unchecked(e); // nobody fails it
    }
  }

  /** Stops waiting; false if the lock came in that moment. */
  private boolean givenUp(CompletableFuture<Boolean> mine) {
    forget(mine);
    return mine.complete(false);
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
