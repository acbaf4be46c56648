package dev.latchkey.examples.desktop.work;

import dev.latchkey.Account;
import dev.latchkey.error.SignInRequired;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call, however often its account has to sign in on the way. Lives on the event thread. */
final class Call<T> {

  private final ExecutorService threads;
  private final Executor eventThread;
  private final SignInAgain again;
  private final Account account;
  private final Callable<T> body;
  private final Consumer<T> done;
  private final Consumer<Throwable> failed;
  private final Consumer<Call<T>> ended;

  private @Nullable Future<?> attempt;
  private boolean over;

  Call(
      ExecutorService threads,
      Executor eventThread,
      SignInAgain again,
      Account account,
      Callable<T> body,
      Consumer<T> done,
      Consumer<Throwable> failed,
      Consumer<Call<T>> ended) {
    this.threads = threads;
    this.eventThread = eventThread;
    this.again = again;
    this.account = account;
    this.body = body;
    this.done = done;
    this.failed = failed;
    this.ended = ended;
  }

  void run() {
    int begun = again.round(account);
    attempt =
        threads.submit(
            () -> {
              try {
                T result = body.call();
                eventThread.execute(() -> end(() -> done.accept(result)));
              } catch (Throwable e) { // an Error, too, has to be seen
                eventThread.execute(() -> thrown(e, begun));
              }
            });
  }

  private void thrown(Throwable failure, int begun) {
    if (over) {
      return;
    }
    if (failure instanceof SignInRequired why) {
      var unused =
          again.join(account, why, begun).whenComplete((signedIn, refusal) -> signedIn(refusal));
    } else {
      end(() -> failed.accept(failure));
    }
  }

  private void signedIn(@Nullable Throwable refusal) {
    if (over) {
      return;
    }
    if (refusal == null) {
      run();
    } else {
      end(() -> failed.accept(thrown(refusal)));
    }
  }

  /** The exception itself, where futures that depend on others have wrapped it. */
  private static Throwable thrown(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? thrown(cause) : failure;
  }

  private void end(Runnable tell) {
    if (!over) {
      over = true;
      ended.accept(this);
      tell.run();
    }
  }

  /** Ends the call, which tells nothing then. */
  void cancel() {
    if (!over) {
      over = true;
      ended.accept(this);
      if (attempt != null) {
        attempt.cancel(true);
      }
    }
  }
}
