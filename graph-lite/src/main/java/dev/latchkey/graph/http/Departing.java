package dev.latchkey.graph.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * The body of one attempt on its way out: knows when a byte was last taken, which is how a slow
 * upload differs from a hung one, and whether any was, without which nothing can have been done.
 */
final class Departing implements BodyPublisher {

  private final @Nullable Content content;
  private final BodyPublisher bytes;
  private volatile long lastNanos;
  private boolean taken;
  private boolean withdrawn;

  Departing(@Nullable Content content) {
    this.content = content;
    this.bytes =
        content == null
            ? BodyPublishers.noBody()
            : BodyPublishers.ofInputStream(() -> open(content));
  }

  /** Something happened. */
  void touch() {
    lastNanos = System.nanoTime();
  }

  /** The monotonic clock when something last happened. */
  long lastNanos() {
    return lastNanos;
  }

  /**
   * Keeps the body here if none of it was taken yet.
   *
   * @return whether the server can never have seen the whole request; false when in doubt
   */
  synchronized boolean withdraw() {
    withdrawn = true;
    return content != null && content.length() > 0 && !taken;
  }

  private synchronized boolean take() {
    taken |= !withdrawn;
    touch();
    return taken;
  }

  private InputStream open(Content content) {
    try {
      return new FilterInputStream(content.source().open()) {
        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
          touch();
          return super.read(into, offset, length);
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long contentLength() {
    return content == null ? 0 : content.length();
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    if (take()) {
      bytes.subscribe(subscriber);
      return;
    }
    subscriber.onSubscribe(
        new Subscription() {
          @Override
          public void request(long count) {}

          @Override
          public void cancel() {}
        });
    subscriber.onError(new IOException("the request was withdrawn"));
  }
}
