package dev.latchkey;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Threads for what blocks, of which a test can wait until they are done. */
final class WatchedWorkers implements Executor {

  private static final long PATIENCE_SECONDS = 20;

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "watched-worker");
            thread.setDaemon(true);
            return thread;
          });

  private int running;
  private boolean shut;

  @Override
  public void execute(Runnable task) {
    synchronized (this) {
      if (shut) {
        throw new RejectedExecutionException("the application shut it down");
      }
      running++;
    }
    threads.execute(
        () -> {
          try {
            task.run();
          } finally {
            done();
          }
        });
  }

  private synchronized void done() {
    running--;
    notifyAll();
  }

  /** From now on it takes no task. */
  synchronized void shutDown() {
    shut = true;
  }

  /** Waits until every task is done, those included that others start. */
  synchronized void awaitIdle() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (running > 0) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError(running + " tasks still run");
      }
      wait(20);
    }
  }
}
