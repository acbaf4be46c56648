package dev.latchkey;

import dev.latchkey.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Time that stands still until a test moves it, and that remembers every wait that was asked for.
 * What follows a wait runs on the thread that moves time.
 */
final class FakeTime implements Time {

  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  /** How long a test waits, in real time, for something that is about to happen. */
  private static final long PATIENCE_SECONDS = 20;

  private record Alarm(long atNanos, CompletableFuture<Void> ring) {}

  private final List<Duration> waits = new ArrayList<>();
  private final List<Alarm> alarms = new ArrayList<>();

  /** Half a minute before it overflows: only differences count. */
  private long nanos = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(30);

  private long wallMillis = START.toEpochMilli();

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized long wallMillis() {
    return wallMillis;
  }

  @Override
  public CompletableFuture<Void> after(Duration delay) {
    CompletableFuture<Void> ring = new CompletableFuture<>();
    synchronized (this) {
      waits.add(delay);
      alarms.add(new Alarm(nanos + Math.max(0, delay.toNanos()), ring));
      notifyAll();
    }
    CompletableFuture<Void> unused = ring.whenComplete((rung, cancelled) -> forget(ring));
    return ring;
  }

  /** Every wait that was asked for, the cancelled ones too, in order. */
  synchronized List<Duration> waits() {
    return List.copyOf(waits);
  }

  /** The same in seconds, where all are whole. */
  List<Long> waitsInSeconds() {
    return waits().stream().map(FakeTime::wholeSeconds).toList();
  }

  private static Long wholeSeconds(Duration wait) {
    if (!wait.equals(wait.truncatedTo(ChronoUnit.SECONDS))) {
      throw new AssertionError("a wait of " + wait);
    }
    return wait.toSeconds();
  }

  /** The same time, but whoever asks it for a wait is held up at a gate. */
  Time holdingWaitsAt(Gate gate) {
    FakeTime same = this;
    return new Time() {
      @Override
      public long nanos() {
        return same.nanos();
      }

      @Override
      public long wallMillis() {
        return same.wallMillis();
      }

      @Override
      public CompletableFuture<Void> after(Duration delay) {
        gate.pass();
        return same.after(delay);
      }
    };
  }

  /** How many waits are under way. */
  synchronized int pending() {
    return alarms.size();
  }

  /** Moves both clocks; each wait that ends meanwhile ends at its own instant. */
  void advance(Duration step) {
    long end = nanos() + step.toNanos();
    for (Alarm next = next(end); next != null; next = next(end)) {
      moveTo(next.atNanos());
      next.ring().complete(null);
    }
    moveTo(end);
  }

  /** The machine sleeps: the wall clock goes on, the monotonic one stands still. */
  synchronized void sleep(Duration step) {
    wallMillis += step.toMillis();
  }

  /** Somebody sets the wall clock, by a negative step back. */
  synchronized void setWallClock(Duration step) {
    wallMillis += step.toMillis();
  }

  /** Waits until a wait is under way, then lets it, the first one to end, end. */
  void finishNextWait() {
    finishNextWait(new CompletableFuture<>());
  }

  /** The same, unless the future is done before. */
  void finishNextWait(Future<?> unless) {
    Alarm next = awaitAlarm(unless);
    if (next != null) {
      advance(Duration.ofNanos(Math.max(0, next.atNanos() - nanos())));
    }
  }

  /** Waits until that many waits were asked for since the beginning. */
  synchronized void awaitWaits(int count) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (waits.size() < count) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("no " + count + " waits: " + waits);
      }
      wait(20);
    }
  }

  /** Waits until every wait has ended or was cancelled. */
  synchronized void awaitNothingPending() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!alarms.isEmpty()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("still under way: " + alarms);
      }
      wait(20);
    }
  }

  private synchronized @Nullable Alarm awaitAlarm(Future<?> unless) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try {
      while (alarms.isEmpty() && !unless.isDone()) {
        if (System.nanoTime() - end > 0) {
          throw new AssertionError("nothing waits; so far " + waits);
        }
        wait(5); // the future may be done without a word to this monitor
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    return alarms.isEmpty() ? null : first();
  }

  private synchronized @Nullable Alarm next(long endNanos) {
    Alarm first = alarms.isEmpty() ? null : first();
    return first == null || first.atNanos() - endNanos > 0 ? null : first;
  }

  private Alarm first() {
    Alarm first = alarms.get(0);
    for (Alarm alarm : alarms) {
      first = alarm.atNanos() - first.atNanos() < 0 ? alarm : first;
    }
    return first;
  }

  /** Never back: another thread, a server's, may have moved it further meanwhile. */
  private synchronized void moveTo(long toNanos) {
    if (toNanos - nanos > 0) {
      wallMillis += TimeUnit.NANOSECONDS.toMillis(toNanos - nanos);
      nanos = toNanos;
    }
  }

  private synchronized void forget(CompletableFuture<Void> ring) {
    alarms.removeIf(alarm -> alarm.ring() == ring);
  }
}
