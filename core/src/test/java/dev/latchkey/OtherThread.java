package dev.latchkey;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Something that runs on a thread of its own, and whose failure fails the test. */
final class OtherThread {

  private static final long PATIENCE_SECONDS = 20;

  private final Thread thread;
  private volatile @Nullable Throwable failure;

  private OtherThread(Runnable task) {
    thread = new Thread(task, "other-thread");
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((it, thrown) -> failure = thrown);
  }

  static OtherThread running(Runnable task) {
    OtherThread other = new OtherThread(task);
    other.thread.start();
    return other;
  }

  void interrupt() {
    thread.interrupt();
  }

  void join() throws InterruptedException {
    thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    if (thread.isAlive()) {
      throw new AssertionError("the other thread still runs");
    }
    if (failure != null) {
      throw new AssertionError("the other thread failed", failure);
    }
  }
}
