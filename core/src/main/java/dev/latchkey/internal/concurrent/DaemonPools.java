package dev.latchkey.internal.concurrent;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The library's own threads: daemons, shared by all clients of the process, ended when idle. */
public final class DaemonPools {

  private static final long IDLE_SECONDS = 5;

  /**
   * For calls of the store and of locks, which block. Whatever a task here waits for, such as a
   * refresh that has the lock, needs no thread of this pool: 32 suffice.
   */
  public static final Executor WORKERS =
      pool(32, 32, new LinkedBlockingQueue<>(), "latchkey-worker-");

  /**
   * For the application's own code, which may wait for anything, and for what workers wait for: as
   * many threads as it takes.
   */
  public static final Executor CALLBACKS =
      pool(0, Integer.MAX_VALUE, new SynchronousQueue<>(), "latchkey-callback-");

  /**
   * For the HTTP client, whose own pool has no limit: thousands of simultaneous polls would take a
   * hundred threads. Only the lookup of a host name blocks here.
   */
  public static final Executor EXCHANGES =
      pool(8, 8, new LinkedBlockingQueue<>(), "latchkey-http-");

  /**
   * For requests sent, or sent again, while the application keeps the JDK's common pool busy: each
   * holds a thread until its response comes. Rejects more than 64 at a time.
   */
  public static final Executor SENDERS = pool(0, 64, new SynchronousQueue<>(), "latchkey-send-");

  private DaemonPools() {}

  private static ThreadPoolExecutor pool(
      int core, int most, BlockingQueue<Runnable> queue, String name) {
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            core,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            queue,
            task -> daemon(task, name + count.incrementAndGet()));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
