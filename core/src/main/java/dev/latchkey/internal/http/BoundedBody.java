package dev.latchkey.internal.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Reads a body up to a limit. Reading a longer one stops at once, and nothing of it is kept. */
public final class BoundedBody implements BodySubscriber<byte[]> {

  /** Called once, on a thread of the HTTP client, when the reading ends. */
  public interface End {
    void whole(byte[] body);

    void broken(Throwable failure);

    /**
     * Called before the subscription is cancelled. Over HTTP/2 cancelling makes the client fail,
     * and a result given afterwards would be lost.
     */
    void tooLong();
  }

  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();
  private final long announced;
  private final int maxLength;
  private final End end;
  private @Nullable Subscription subscription;
  private boolean tooLong;

  /**
   * Creates one.
   *
   * @param announced the length that the server announced, or 0
   * @param maxLength the length of the longest body to keep, in bytes
   * @param end called when the reading ends
   */
  public BoundedBody(long announced, int maxLength, End end) {
    this.announced = announced;
    this.maxLength = maxLength;
    this.end = end;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    this.subscription = subscription;
    if (announced > maxLength) {
      giveUp(subscription);
    } else {
      subscription.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (subscription == null || tooLong) {
      return;
    }
    for (ByteBuffer buffer : buffers) {
      if (buffer.remaining() > maxLength - read.size()) {
        giveUp(subscription);
        return;
      }
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      read.writeBytes(bytes);
    }
    subscription.request(1);
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
    end.broken(failure);
  }

  @Override
  public void onComplete() {
    byte[] whole = read.toByteArray();
    body.complete(whole);
    end.whole(whole);
  }

  private void giveUp(Subscription subscription) {
    tooLong = true;
    read.reset();
    end.tooLong();
    // Closes the connection (HTTP/1.1) or resets the stream (HTTP/2), even if the application's own
    // client cannot cancel its futures. The rest is never read.
    subscription.cancel();
  }
}
