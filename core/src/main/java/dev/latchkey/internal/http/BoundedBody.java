package dev.latchkey.internal.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Reads a body of up to 1 MiB. A longer one is given up where that shows, and not kept. */
public final class BoundedBody implements BodySubscriber<byte[]> {

  static final int LIMIT = 1 << 20;

  /** Hears, on a thread of the HTTP client, how the reading ended. Told once. */
  public interface End {
    void whole(byte[] body);

    void broken(Throwable failure);

    /**
     * Told before the rest is given up. Over HTTP/2 the client itself fails when the subscription
     * is cancelled, and nobody would see a result given then.
     */
    void tooLong();
  }

  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();
  private final long announced;
  private final End end;
  private @Nullable Subscription subscription;
  private boolean tooLong;

  /**
   * Creates one.
   *
   * @param announced the length that the server announced, or 0
   * @param end told instead of anyone who waits for the body
   */
  public BoundedBody(long announced, End end) {
    this.announced = announced;
    this.end = end;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    this.subscription = subscription;
    if (announced > LIMIT) {
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
      if (read.size() + buffer.remaining() > LIMIT) {
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
    // Closes the connection (HTTP/1.1) or resets the stream (HTTP/2), also where a client of the
    // application's own cannot cancel its futures; the rest is never read.
    subscription.cancel();
  }
}
