package dev.latchkey.examples.cli.terminal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Ctrl-C: cancels what can be cancelled, and lets the command say so before the process ends. */
public final class Interrupts {

  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile @Nullable Runnable cancel;

  /** The JVM answers SIGINT with its shutdown hooks and then with exit status 130. */
  public static Interrupts ofThisProcess() {
    Interrupts interrupts = new Interrupts();
    Runtime.getRuntime().addShutdownHook(new Thread(interrupts::interrupt, "latchkey-interrupt"));
    return interrupts;
  }

  /** From now on an interrupt does this. */
  public void cancelWith(Runnable action) {
    cancel = action;
  }

  /** The command has said its last word. */
  public void finished() {
    finished.countDown();
  }

  /** What Ctrl-C does. Blocks until the command has ended, for two seconds at most. */
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
