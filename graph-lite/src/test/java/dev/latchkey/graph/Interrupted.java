package dev.latchkey.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Interrupts a call on a thread of its own. */
public final class Interrupted {

  private Interrupted() {}

  /** Runs the call, interrupts it as soon as the time has come, and returns what it threw. */
  public static Throwable during(Runnable call, BooleanSupplier when) throws Exception {
    CompletableFuture<Throwable> seen = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                call.run();
                seen.complete(new AssertionError("not interrupted"));
              } catch (Throwable e) {
                boolean flagged = Thread.currentThread().isInterrupted();
                seen.complete(flagged ? e : new AssertionError("no flag", e));
              }
            });
    caller.start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    boolean come = when.getAsBoolean();
    while (!come && !seen.isDone() && System.nanoTime() - end < 0) {
      TimeUnit.MILLISECONDS.sleep(1);
      come = when.getAsBoolean();
    }
    caller.interrupt();
    Throwable thrown = seen.get(20, TimeUnit.SECONDS);
    assertThat(come).as("the moment came; %s", thrown).isTrue();
    return thrown;
  }
}
