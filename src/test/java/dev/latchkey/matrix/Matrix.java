package dev.latchkey.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the cases of a fault matrix in lanes, each with a server of its own, and collects what is
 * wrong. Cases that end by a time limit have lanes of their own, because they only wait.
 *
 * @param <L> what a lane has besides its server
 */
public final class Matrix<L> implements AutoCloseable {

  private static final int FAST_LANES = 4;
  private static final int SLOW_LANES = 16;
  private static final long MAX_SECONDS = 60;
  private static final int SHOWN = 40;

  /** Makes what a lane has besides its server. */
  public interface LaneMaker<L> {
    L make(HostileServer server, Watch watch) throws Exception;
  }

  /** One case: a call that meets a fault, and what must be true afterwards. */
  public interface Story<L> {
    /**
     * Runs the case.
     *
     * @return whether the call failed; with an exception of the expected family, that is
     */
    boolean failed(L lane, Marks marks) throws Exception;
  }

  /**
   * A case.
   *
   * @param slow whether a time limit ends it
   */
  public record Case<L>(String name, boolean slow, Story<L> story) {}

  private record Running(String name, long began) {}

  private record Lane<L>(HostileServer server, L rest) {}

  private final String name;
  private final long start = System.nanoTime();
  private final Watch watch = new Watch();
  private final List<Lane<L>> lanes = new ArrayList<>();
  private final Queue<String> findings = new ConcurrentLinkedQueue<>();
  private final AtomicInteger cases = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private final Map<Thread, Running> running = new ConcurrentHashMap<>();
  private @Nullable Footprint before;

  public Matrix(String name, LaneMaker<L> maker) throws Exception {
    this.name = name;
    for (int i = 0; i < FAST_LANES + SLOW_LANES; i++) {
      HostileServer server = new HostileServer();
      lanes.add(new Lane<>(server, maker.make(server, watch)));
    }
  }

  /** Runs a case on every lane, so that everything is loaded that stays, and counts it. */
  public void warmUp(Case<L> good) throws InterruptedException {
    for (Lane<L> lane : lanes) {
      run(good, lane);
    }
    before = Footprint.now();
    cases.set(0);
    failures.set(0);
  }

  /** Runs the cases of one group, then looks for threads and sockets that they left behind. */
  public void run(String group, List<Case<L>> all) throws InterruptedException {
    long began = System.nanoTime();
    int failedBefore = failures.get();
    Queue<Case<L>> fast = new ConcurrentLinkedQueue<>();
    Queue<Case<L>> slow = new ConcurrentLinkedQueue<>();
    all.forEach(each -> (each.slow() ? slow : fast).add(each));
    CountDownLatch done = new CountDownLatch(lanes.size());
    for (int i = 0; i < lanes.size(); i++) {
      Lane<L> lane = lanes.get(i);
      Queue<Case<L>> queue = i < FAST_LANES ? fast : slow;
      Thread thread = new Thread(() -> work(queue, lane, done), "matrix-lane-" + i);
      thread.setDaemon(true);
      thread.start();
    }
    while (!done.await(1, TimeUnit.SECONDS)) {
      endLate();
    }
    String growth = before == null ? null : before.growth();
    if (growth != null) {
      finding(group + ": left behind " + growth);
    }
    System.out.printf(
        "fault matrix, %s, %s: %d cases, %d failed typed, %d fine, %.1f s%n",
        name,
        group,
        all.size(),
        failures.get() - failedBefore,
        all.size() - failures.get() + failedBefore,
        (System.nanoTime() - began) / 1e9);
  }

  /** Interrupts what runs beyond every limit: the cases after it shall not wait for it, too. */
  private void endLate() {
    running.forEach(
        (thread, now) -> {
          if (System.nanoTime() - now.began() > TimeUnit.SECONDS.toNanos(MAX_SECONDS)
              && running.remove(thread, now)) {
            finding(now.name() + ": still running after " + MAX_SECONDS + " s");
            thread.interrupt();
          }
        });
  }

  private void work(Queue<Case<L>> queue, Lane<L> lane, CountDownLatch done) {
    try {
      for (Case<L> next = queue.poll(); next != null; next = queue.poll()) {
        run(next, lane);
      }
    } catch (InterruptedException e) {
      finding("interrupted");
    } finally {
      done.countDown();
    }
  }

  private void run(Case<L> next, Lane<L> lane) throws InterruptedException {
    Thread runner = Thread.currentThread();
    long began = System.nanoTime();
    running.put(runner, new Running(next.name(), began));
    cases.incrementAndGet();
    try {
      if (next.story().failed(lane.rest(), new Marks(next.name()))) {
        failures.incrementAndGet();
      }
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | AssertionError e) {
      finding(next.name() + ": " + Marks.blacken(e.toString()) + " at " + place(e));
    }
    boolean late = running.remove(runner) == null;
    if (Thread.interrupted() && !late) {
      finding(next.name() + ": left its thread interrupted");
    }
    int open = lane.server().end();
    if (open > 0) {
      finding(next.name() + ": the client left " + open + " connections open");
    }
  }

  private static String place(Throwable e) {
    for (StackTraceElement frame : e.getStackTrace()) {
      if (frame.getClassName().startsWith("dev.latchkey")
          && !frame.getClassName().startsWith("dev.latchkey.matrix")) {
        return frame.toString();
      }
    }
    return "?";
  }

  /** Notes, and prints, that something is wrong. */
  public void finding(String text) {
    findings.add(text);
    if (findings.size() <= SHOWN) {
      System.out.println("fault matrix, " + name + ", FOUND: " + text);
    }
  }

  /** The number of cases. */
  public int cases() {
    return cases.get();
  }

  /** All that is wrong, and prints the counts. */
  public List<String> findings() {
    List<String> all = new ArrayList<>(findings);
    all.addAll(watch.findings());
    System.out.printf(
        "fault matrix, %s: %d cases in %.1f s: %d failed typed, %d fine; %d findings;"
            + " %d log events looked at%n",
        name,
        cases.get(),
        (System.nanoTime() - start) / 1e9,
        failures.get(),
        cases.get() - failures.get(),
        all.size(),
        watch.events());
    return all.size() <= SHOWN ? all : all.subList(0, SHOWN);
  }

  @Override
  public void close() throws Exception {
    watch.close();
    for (Lane<L> lane : lanes) {
      lane.server().close();
    }
  }
}
