package dev.latchkey.wire;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Reads a body of up to 1 MiB. A longer one is given up where that shows, and not kept. */
final class BoundedBody implements BodySubscriber<Optional<byte[]>> {

  static final int LIMIT = 1 << 20;

  private final CompletableFuture<Optional<byte[]>> body = new CompletableFuture<>();
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();
  private final long announced;
  private @Nullable Subscription subscription;

  private BoundedBody(long announced) {
    this.announced = announced;
  }

  /** A {@code BodyHandler}; the body is empty (not: an empty array) if it was too long. */
  static BoundedBody of(ResponseInfo head) {
    return new BoundedBody(head.headers().firstValueAsLong("Content-Length").orElse(0));
  }

  @Override
  public CompletionStage<Optional<byte[]>> getBody() {
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
    if (subscription == null || body.isDone()) {
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
  }

  @Override
  public void onComplete() {
    body.complete(Optional.of(read.toByteArray()));
  }

  private void giveUp(Subscription subscription) {
    read.reset();
    body.complete(Optional.empty());
    // Closes the connection (HTTP/1.1) or resets the stream (HTTP/2); the rest is never read.
    subscription.cancel();
  }
}
