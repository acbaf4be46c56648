package dev.latchkey.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs threads one at a time. At each {@link #point} a random one of them goes on, so that the
 * random numbers alone decide the order of everything.
 */
final class Interleaving {

  /** Ends a thread whose process was killed, or whose schedule is over. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed() {
      super("killed", null, false, false);
    }
  }

  /** Real time, in case of a bug in the simulation: nothing here waits for anything else. */
  private static final long PATIENCE_SECONDS = 30;

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "schedule");
            thread.setDaemon(true);
            return thread;
          });

  private static final class Strand {
    final Semaphore go = new Semaphore(0);
    @Nullable BooleanSupplier waitsFor;
    volatile boolean killed;
  }

  private static final ThreadLocal<@Nullable Strand> CURRENT = new ThreadLocal<>();

  private final Random random;
  private final List<Strand> alive = new ArrayList<>();
  private final List<Strand> dead = new ArrayList<>();
  private final Semaphore over = new Semaphore(0);
  private volatile @Nullable Throwable failure;

  Interleaving(Random random) {
    this.random = random;
  }

  /** Adds a thread, which runs when it is chosen. */
  void fork(Runnable body) {
    Strand strand = new Strand();
    alive.add(strand);
    THREADS.execute(
        () -> {
          strand.go.acquireUninterruptibly();
          CURRENT.set(strand);
          try {
            if (!strand.killed) {
              body.run();
            }
          } catch (Killed e) {
            // as it should
          } catch (Throwable e) {
            fail(e);
          } finally {
            CURRENT.remove();
            ended(strand);
          }
        });
  }

  /** Runs all threads to their end. */
  void run() throws Throwable {
    resume(pick());
    if (!over.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("a thread waits for something that the simulation does not know");
    }
    Throwable first = failure;
    if (first != null) {
      throw first;
    }
  }

  /** A place where another thread may go on first. */
  void point() {
    handOver(null);
  }

  /** Waits until the condition holds. */
  void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (CURRENT.get() == null) {
        throw new AssertionError("nobody is left who could end this wait");
      }
      handOver(condition);
    }
  }

  /** Ends this thread here and now, without running what follows. */
  Killed vanish() {
    Strand me = CURRENT.get();
    if (me == null) {
      return new Killed();
    }
    alive.remove(me);
    dead.add(me);
    me.killed = true;
    next();
    me.go.acquireUninterruptibly();
    return new Killed();
  }

  private void handOver(@Nullable BooleanSupplier condition) {
    Strand me = CURRENT.get();
    if (me == null) {
      return;
    }
    if (me.killed) {
      throw new Killed();
    }
    me.waitsFor = condition;
    Strand next = pick();
    if (next == null) {
      throw new AssertionError("every thread waits for another one");
    }
    if (next != me) {
      resume(next);
      me.go.acquireUninterruptibly();
    }
    me.waitsFor = null;
    if (me.killed) {
      throw new Killed();
    }
  }

  private @Nullable Strand pick() {
    List<Strand> able = new ArrayList<>(alive.size());
    for (Strand strand : alive) {
      BooleanSupplier condition = strand.waitsFor;
      if (condition == null || condition.getAsBoolean()) {
        able.add(strand);
      }
    }
    return able.isEmpty() ? null : able.get(random.nextInt(able.size()));
  }

  private static void resume(@Nullable Strand strand) {
    if (strand != null) {
      strand.go.release();
    }
  }

  private void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    }
    alive.forEach(strand -> strand.killed = true);
  }

  private void ended(Strand strand) {
    if (dead.remove(strand)) {
      next(); // the next of the killed
      return;
    }
    alive.remove(strand);
    next();
  }

  /**
   * The next of the living, and when none is left, the killed one by one, to free their threads.
   */
  private void next() {
    Strand next = pick();
    if (next == null && !alive.isEmpty()) {
      fail(new AssertionError("every thread waits for another one"));
      next = alive.get(0);
    }
    if (next == null && !dead.isEmpty()) {
      next = dead.get(0);
    }
    if (next == null) {
      over.release();
    } else {
      resume(next);
    }
  }
}
