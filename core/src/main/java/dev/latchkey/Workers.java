package dev.latchkey;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which store and lock calls block: shared by all clients of the process, daemons,
 * gone when idle. No task here waits for another task here.
 */
final class Workers {

  private static final int MOST = 32;
  private static final long IDLE_SECONDS = 5;
  private static final AtomicInteger COUNT = new AtomicInteger();

  private Workers() {}

  static Executor shared() {
    return Pool.INSTANCE;
  }

  private static final class Pool {
    static final ThreadPoolExecutor INSTANCE =
        new ThreadPoolExecutor(
            MOST, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Pool::thread);

    static {
      INSTANCE.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable task) {
      Thread thread = new Thread(task, "latchkey-worker-" + COUNT.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    }
  }
}
