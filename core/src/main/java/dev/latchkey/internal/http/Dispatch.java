package dev.latchkey.internal.http;

import dev.latchkey.internal.concurrent.DaemonPools;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/**
 * Sends a request so that its failure is seen although the application keeps the JDK's common pool
 * busy.
 *
 * <p>The JDK's client (11 to 25, JDK-8204339) completes the future of {@code sendAsync} in the
 * common pool, whatever executor it was given. A response can be taken earlier, where its head or
 * its body arrives. A failure that precedes the head, such as a refused connection, cannot: only
 * {@code HttpClient.send} throws it without the pool, and that holds a thread. So a request is sent
 * by a thread of its own if the pool has no thread to spare at that moment, and otherwise without
 * one. Where the pool fills later, {@link HttpCall} sends a request that has not left once more, on
 * a thread. What remains is a request that left: if its connection is lost before the response, and
 * the pool was filled in between, that is seen when the pool is free again or at the time limit.
 */
public final class Dispatch {

  private Dispatch() {}

  /**
   * Sends a request. Does not block.
   *
   * @return reports a failure that precedes the body, in the common pool or on a thread of its own.
   *     Once the body begins to arrive it may complete early, with null: the reader of the body
   *     learns of the rest. Cancelling it before that ends the exchange
   * @throws RuntimeException what an application's own client, or its executor, throws
   */
  public static <T> CompletableFuture<HttpResponse<T>> send(
      HttpClient client, HttpRequest request, BodyHandler<T> handler) {
    return send(commonPoolIsBusy(), client, request, handler);
  }

  /** Sends a request on a thread of its own, if there is one to be had, or without one. */
  static <T> CompletableFuture<HttpResponse<T>> send(
      boolean onAThread, HttpClient client, HttpRequest request, BodyHandler<T> handler) {
    return onAThread
        ? send(DaemonPools.SENDERS, client, request, handler)
        : sendWithoutAThread(client, request, handler);
  }

  static <T> CompletableFuture<HttpResponse<T>> sendWithoutAThread(
      HttpClient client, HttpRequest request, BodyHandler<T> handler) {
    Arrival<T> arrival = new Arrival<>();
    CompletableFuture<HttpResponse<T>> sent =
        client.sendAsync(
            request,
            head ->
                // Over HTTP/2 not every failure after the subscription reaches the subscriber.
                head.version() == HttpClient.Version.HTTP_1_1
                    ? arrival.watch(handler.apply(head))
                    : handler.apply(head));
    arrival.setSent(client, sent);
    return sent;
  }

  /**
   * Gives a body that is made up what the body of a response has, so that its classes are loaded.
   */
  static <T> BodySubscriber<T> rehearsed(BodySubscriber<T> reader) {
    BodySubscriber<T> watched = new Arrival<T>().watch(reader);
    var unused = watched.getBody(); // as the JDK asks for it
    return watched;
  }

  /** Sends a request on a thread of an executor, or without one if the executor has none. */
  static <T> CompletableFuture<HttpResponse<T>> send(
      Executor senders, HttpClient client, HttpRequest request, BodyHandler<T> handler) {
    try {
      return sendOnAThread(senders, client, request, handler);
    } catch (RejectedExecutionException | OutOfMemoryError noThread) {
      // Too many hold one, or the system gives no more: this request learns of a failure when the
      // pool is free again.
      return client.sendAsync(request, handler);
    }
  }

  /** Whether a task that is handed to the pool may have to wait for a thread. */
  static boolean commonPoolIsBusy() {
    ForkJoinPool pool = ForkJoinPool.commonPool();
    return pool.hasQueuedSubmissions() || pool.getActiveThreadCount() >= pool.getParallelism();
  }

  private static <T> CompletableFuture<HttpResponse<T>> sendOnAThread(
      Executor senders, HttpClient client, HttpRequest request, BodyHandler<T> handler) {
    CompletableFuture<HttpResponse<T>> sent = new CompletableFuture<>();
    FutureTask<?> task =
        new FutureTask<>(
            () -> {
              try {
                sent.complete(client.send(request, handler));
              } catch (Throwable e) {
                sent.completeExceptionally(e);
              }
              return null;
            });
    CompletableFuture<?> unused =
        sent.whenComplete(
            (response, failure) -> {
              if (sent.isCancelled()) {
                task.cancel(true); // an interrupt makes the client cancel the exchange
              }
            });
    senders.execute(task);
    return sent;
  }
}
