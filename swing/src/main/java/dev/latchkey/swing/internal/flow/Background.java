package dev.latchkey.swing.internal.flow;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Calls that may block, each on a daemon thread that ends with it. */
public final class Background {

  private Background() {}

  /**
   * Starts a call.
   *
   * @return its future, which fails with what the call throws. Cancelling it interrupts the call
   */
  public static <T extends @Nullable Object> CompletableFuture<T> call(Callable<T> call) {
    return call(call, late -> {});
  }

  /**
   * Starts a call whose result has to be ended if it comes after the future was cancelled.
   *
   * @param late takes such a result
   */
  static <T extends @Nullable Object> CompletableFuture<T> call(
      Callable<T> call, java.util.function.Consumer<T> late) {
    CompletableFuture<T> future = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                T result = call.call();
                if (!future.complete(result)) {
                  late.accept(result);
                }
              } catch (Throwable e) {
                future.completeExceptionally(e);
              }
            },
            "latchkey-swing");
    thread.setDaemon(true);
    var unused =
        future.whenComplete(
            (result, failure) -> {
              if (future.isCancelled()) {
                thread.interrupt();
              }
            });
    try {
      thread.start();
    } catch (OutOfMemoryError e) { // no thread is to be had
      future.completeExceptionally(e);
    }
    return future;
  }
}
