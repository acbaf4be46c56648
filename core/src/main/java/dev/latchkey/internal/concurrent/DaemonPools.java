package dev.latchkey.internal.concurrent;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The library's own threads: shared by all clients of the process, daemons, gone when idle. */
public final class DaemonPools {

  private static final long IDLE_SECONDS = 5;

  private DaemonPools() {}

  /** Where store and lock calls block. No task here waits for another task here: few are enough. */
  public static Executor shared() {
    return Blocking.POOL;
  }

  /**
   * Where the application's own code is called. It may wait for all others: as many as it takes.
   */
  public static Executor callbacks() {
    return Calling.POOL;
  }

  /**
   * For the HTTP client, whose own pool knows no limit: thousands of polls at one moment would take
   * a hundred threads. Nothing blocks here but a host name's look-up.
   */
  public static Executor exchanges() {
    return Exchanging.POOL;
  }

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

  private static final class Blocking {
    static final ThreadPoolExecutor POOL =
        pool(32, 32, new LinkedBlockingQueue<>(), "latchkey-worker-");
  }

  private static final class Calling {
    static final ThreadPoolExecutor POOL =
        pool(0, Integer.MAX_VALUE, new SynchronousQueue<>(), "latchkey-callback-");
  }

  private static final class Exchanging {
    static final ThreadPoolExecutor POOL =
        pool(8, 8, new LinkedBlockingQueue<>(), "latchkey-http-");
  }
}
