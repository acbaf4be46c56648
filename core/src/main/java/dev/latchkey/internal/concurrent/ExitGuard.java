package dev.latchkey.internal.concurrent;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.internal.time.Time;
import java.time.Duration;

/**
 * Delays the exit of the program while a refresh token is being redeemed, or the first one of a
 * sign-in stored: if it were lost with the process, the person would have to sign in again. The
 * delay is at most ten seconds, and nothing else in this library delays an exit.
 */
public final class ExitGuard implements AutoCloseable {

  private static final Duration MAX_WAIT = Duration.ofSeconds(10);
  private static final Object LOCK = new Object();

  @GuardedBy("LOCK")
  private static int inside;

  @GuardedBy("LOCK")
  private static boolean hooked;

  @GuardedBy("LOCK")
  private static boolean exiting;

  private boolean closed;

  private ExitGuard() {}

  /**
   * Enters a redemption; close it when the new token is stored.
   *
   * @throws ServiceUnavailable if the program is exiting already
   */
  public static ExitGuard enter() {
    synchronized (LOCK) {
      hook();
      if (exiting) {
        throw new ServiceUnavailable(null, "The program is exiting", null, null, null);
      }
      return enterToStore();
    }
  }

  /**
   * Enters the storing of tokens that have arrived; close it when they are stored. Unlike a
   * redemption, which is better not begun, it is tried even if the program is exiting already.
   */
  public static ExitGuard enterToStore() {
    synchronized (LOCK) {
      hook();
      inside++;
      return new ExitGuard();
    }
  }

  @Override
  public void close() {
    synchronized (LOCK) {
      if (!closed) {
        closed = true;
        inside--;
        LOCK.notifyAll();
      }
    }
  }

  @GuardedBy("LOCK")
  private static void hook() {
    if (hooked || exiting) {
      return;
    }
    try {
      Runtime.getRuntime()
          .addShutdownHook(new Thread(ExitGuard::awaitRedemptions, "latchkey-exit"));
      hooked = true;
    } catch (IllegalStateException e) {
      exiting = true;
    }
  }

  private static void awaitRedemptions() {
    Deadline deadline = Deadline.in(MAX_WAIT, Time.system());
    synchronized (LOCK) {
      exiting = true;
      try {
        long left = MAX_WAIT.toMillis();
        while (inside > 0 && left > 0) {
          LOCK.wait(left);
          left = deadline.left().toMillis();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
