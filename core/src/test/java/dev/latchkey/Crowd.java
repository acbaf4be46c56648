package dev.latchkey;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Threads that set off at the same moment. */
final class Crowd {

  private static final long PATIENCE_SECONDS = 30;

  private final CountDownLatch start = new CountDownLatch(1);
  private final List<CompletableFuture<?>> results = new ArrayList<>();

  /** Adds so many threads that do the same. */
  <T> Crowd add(int count, Callable<T> task) {
    for (int i = 0; i < count; i++) {
      results.add(inThread(() -> start.await(PATIENCE_SECONDS, TimeUnit.SECONDS), task));
    }
    return this;
  }

  /** Lets them go, waits for all and gives what they came back with, in the order of adding. */
  List<Object> go() {
    List<CompletableFuture<?>> all = set();
    return all.stream().map(result -> (Object) result.join()).toList();
  }

  /** Lets them go. */
  List<CompletableFuture<?>> set() {
    start.countDown();
    return results;
  }

  /** One thread that sets off at once. */
  static <T> CompletableFuture<T> alone(Callable<T> task) {
    return inThread(() -> true, task);
  }

  private static <T> CompletableFuture<T> inThread(Callable<Boolean> signal, Callable<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                if (!signal.call()) {
                  throw new AssertionError("nobody gave the signal");
                }
                result.complete(task.call());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            },
            "crowd");
    thread.setDaemon(true);
    thread.start();
    return result.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
