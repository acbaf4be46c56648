package dev.latchkey;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The library's own threads: shared by all clients of the process, few, daemons, gone when idle. No
 * task here waits for another task of the same pool.
 */
final class Workers {

  private static final long IDLE_SECONDS = 5;

  private Workers() {}

  /** Where store and lock calls block. */
  static Executor shared() {
    return Blocking.POOL;
  }

  /**
   * For the HTTP client, whose own pool knows no limit: thousands of polls at one moment would take
   * a hundred threads. Nothing blocks here but a host name's look-up.
   */
  static Executor exchanges() {
    return Exchanging.POOL;
  }

  private static ThreadPoolExecutor pool(int most, String name) {
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
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
    static final ThreadPoolExecutor POOL = pool(32, "latchkey-worker-");
  }

  private static final class Exchanging {
    static final ThreadPoolExecutor POOL = pool(8, "latchkey-http-");
  }
}
