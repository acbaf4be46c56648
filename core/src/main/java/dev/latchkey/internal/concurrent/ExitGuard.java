package dev.latchkey.internal.concurrent;

import dev.latchkey.error.ServiceUnavailable;

/**
 * Lets the program exit only between redemptions: a refresh token that is spent while its successor
 * is lost with the process would sign the person out. The wait is bounded, and nothing else in this
 * library delays an exit.
 */
public final class ExitGuard implements AutoCloseable {

  private static final long LONGEST_WAIT_MILLIS = 10_000;
  private static final Object LOCK = new Object();

  private static int inside;
  private static boolean hooked;
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
    long end = System.nanoTime() + LONGEST_WAIT_MILLIS * 1_000_000;
    synchronized (LOCK) {
      exiting = true;
      try {
        long left = LONGEST_WAIT_MILLIS;
        while (inside > 0 && left > 0) {
          LOCK.wait(left);
          left = (end - System.nanoTime()) / 1_000_000;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
