package dev.latchkey.examples.cli.terminal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Handles Ctrl-C: cancels the command, and lets it report that before the process ends. */
public final class Interrupts {

  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile @Nullable Runnable cancel;

  /** On SIGINT the JVM runs its shutdown hooks and then exits with status 130. */
  public static Interrupts ofThisProcess() {
    Interrupts interrupts = new Interrupts();
    Runtime.getRuntime().addShutdownHook(new Thread(interrupts::interrupt, "latchkey-interrupt"));
    return interrupts;
  }

  /** Sets what the next interrupt does. */
  public void cancelWith(Runnable action) {
    cancel = action;
  }

  /** Reports that the command has ended. */
  public void finished() {
    finished.countDown();
  }

  /** Does what Ctrl-C does. Blocks until the command has ended, for at most two seconds. */
  public void interrupt() {
    Runnable action = cancel;
    if (action == null || finished.getCount() == 0) {
      return;
    }
    action.run();
    try {
      finished.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
