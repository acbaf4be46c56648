package dev.latchkey.graph.http;

import dev.latchkey.internal.http.WithdrawableBody;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The body of one attempt on its way out: knows when a byte was last taken, which is how a slow
 * upload differs from a hung one.
 */
final class Departing extends WithdrawableBody {

  private final long length;
  private final AtomicLong lastNanos;

  Departing(Call call) {
    this(call.body(), call.length(), new AtomicLong());
  }

  private Departing(@Nullable Supplier<InputStream> body, long length, AtomicLong lastNanos) {
    super(
        body == null
            ? BodyPublishers.noBody()
            : BodyPublishers.ofInputStream(() -> watched(body.get(), lastNanos)));
    this.length = length;
    this.lastNanos = lastNanos;
  }

  private static InputStream watched(InputStream bytes, AtomicLong lastNanos) {
    return new FilterInputStream(bytes) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        lastNanos.set(System.nanoTime());
        return super.read(into, offset, length);
      }
    };
  }

  /** Something happened. */
  void touch() {
    lastNanos.set(System.nanoTime());
  }

  /** The monotonic clock when something last happened. */
  long lastNanos() {
    return lastNanos.get();
  }

  /**
   * Keeps the body here if none of it was taken yet.
   *
   * @return whether the server can never have seen the whole request; false when in doubt, as
   *     without a body
   */
  @Override
  public boolean withdraw() {
    return super.withdraw() && length > 0;
  }

  @Override
  public long contentLength() {
    return length;
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    touch();
    super.subscribe(subscriber);
  }
}
