package dev.latchkey.internal.http;

import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * Keeps the JDK's common pool out of a request whose response arrives.
 *
 * <p>Whoever reads a body learns from its subscriber how the body ends, and needs the future of
 * {@code sendAsync} no more. The JDK's client completes that future by a task of its own, in the
 * common pool; where the pool has one thread, because the machine has one processor or two, that is
 * a new thread for each request (JDK 17 to 24). The JDK skips the task if the future is complete
 * already. So it is completed, with null, as soon as the subscriber has its subscription. Until
 * then a failure is told to the future only.
 *
 * @param <T> what the body is read into
 */
final class Arrival<T> {

  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final CompletableFuture<Void> due = new CompletableFuture<>();

  /** Sets what {@code sendAsync} of this client returned. */
  void setSent(HttpClient client, CompletableFuture<?> future) {
    if (isOfTheJdk(client) || client instanceof ProxiedClient) {
      var unused = begun.thenRun(() -> future.complete(null));
    }
  }

  /**
   * What an application's own client returns may depend on the JDK's future, or have dependents
   * that expect a response: to measure it, say.
   */
  private static boolean isOfTheJdk(HttpClient client) {
    return client.getClass().getModule() == HttpClient.class.getModule();
  }

  /**
   * Notes when the body begins to arrive. The JDK asks for the result of a body before or after it
   * subscribes; the future of {@code sendAsync} must not be due before.
   */
  BodySubscriber<T> watch(BodySubscriber<T> reader) {
    return new BodySubscriber<>() {
      @Override
      public CompletionStage<T> getBody() {
        return due.thenCompose(nothing -> reader.getBody());
      }

      @Override
      public void onSubscribe(Subscription subscription) {
        begun.complete(null);
        due.complete(null);
        reader.onSubscribe(subscription);
      }

      @Override
      public void onNext(List<ByteBuffer> buffers) {
        reader.onNext(buffers);
      }

      @Override
      public void onError(Throwable failure) {
        reader.onError(failure);
      }

      @Override
      public void onComplete() {
        reader.onComplete();
      }
    };
  }
}
