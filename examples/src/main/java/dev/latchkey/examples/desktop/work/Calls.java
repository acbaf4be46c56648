package dev.latchkey.examples.desktop.work;

import dev.latchkey.Account;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Calls that block, each on a thread beside the event thread. A call whose account has to sign in
 * again waits for that, holding no thread, and is then repeated. Lives on the event thread.
 */
final class Calls {

  private static final int TRANSFERS = 3;

  private final Executor eventThread;
  private final SignInAgain again;
  private final ExecutorService quick = Executors.newCachedThreadPool(named("latchkey-desktop"));
  private final ExecutorService transfers =
      Executors.newFixedThreadPool(TRANSFERS, named("latchkey-desktop-transfer"));
  private final Set<Call<?>> running = new LinkedHashSet<>();
  private boolean isClosed;

  Calls(Executor eventThread, SignInAgain again) {
    this.eventThread = eventThread;
    this.again = again;
  }

  private static ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Starts a call.
   *
   * @param done takes its result, on the event thread
   * @param failed takes why it failed, on the event thread; nothing is told after {@link
   *     Call#cancel}
   */
  <T> Call<T> start(
      Account account, Callable<T> body, Consumer<T> done, Consumer<Throwable> failed) {
    return begin(quick, account, body, done, failed);
  }

  /** Starts a call that takes long; only a few of them run at once. */
  <T> Call<T> transfer(
      Account account, Callable<T> body, Consumer<T> done, Consumer<Throwable> failed) {
    return begin(transfers, account, body, done, failed);
  }

  private <T> Call<T> begin(
      ExecutorService threads,
      Account account,
      Callable<T> body,
      Consumer<T> done,
      Consumer<Throwable> failed) {
    Call<T> call =
        new Call<>(threads, eventThread, again, account, body, done, failed, running::remove);
    if (isClosed) { // an event that was on its way
      call.cancel();
    } else {
      running.add(call);
      call.run();
    }
    return call;
  }

  /** Ends all calls; none of them tells anything any more. */
  void cancelAll() {
    List.copyOf(running).forEach(Call::cancel);
  }

  /** Ends all calls and threads. */
  void close() {
    isClosed = true;
    cancelAll();
    quick.shutdownNow();
    transfers.shutdownNow();
  }

  /** Waits until no call is left; false if one still runs. Not for the event thread. */
  boolean awaitEnd(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    return quick.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS)
        && transfers.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
  }
}
