package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The threads of this process at one moment, those of the scripted server and the idle ones of
 * pools left out.
 */
record Threads(Set<String> names) {

  private static final ThreadMXBean BEAN = ManagementFactory.getThreadMXBean();
  private static final long PATIENCE_SECONDS = 10;

  static Threads now() {
    return new Threads(
        Thread.getAllStackTraces().entrySet().stream()
            .filter(thread -> !thread.getKey().getName().equals(ScriptedServer.THREADS))
            .filter(thread -> !isIdle(thread))
            .map(thread -> thread.getKey().getName())
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** How often the calling thread waited or slept so far. */
  static long waitsOfThisThread() {
    return BEAN.getThreadInfo(Thread.currentThread().getId()).getWaitedCount();
  }

  /** Does something as soon as another thread waits. */
  static void onceWaiting(Thread other, Runnable task) {
    while (other.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    task.run();
  }

  /** Waits, a while at most, until no thread is left that was not there before. */
  void assertNoneAdded() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    Set<String> added = added();
    while (!added.isEmpty() && System.nanoTime() - end < 0) {
      TimeUnit.MILLISECONDS.sleep(5);
      added = added();
    }
    assertThat(added).as("threads left behind").isEmpty();
  }

  private Set<String> added() {
    Set<String> added = new TreeSet<>(now().names());
    added.removeAll(names);
    return added;
  }

  private static boolean isIdle(Map.Entry<Thread, StackTraceElement[]> thread) {
    return Arrays.stream(thread.getValue())
        .anyMatch(
            frame ->
                frame.getClassName().endsWith("ThreadPoolExecutor")
                    && frame.getMethodName().equals("getTask"));
  }
}
