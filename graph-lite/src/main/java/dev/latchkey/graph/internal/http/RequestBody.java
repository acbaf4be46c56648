package dev.latchkey.graph.internal.http;

import dev.latchkey.internal.http.WithdrawableBody;
import dev.latchkey.internal.time.Time;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The body of one attempt. Records when a byte was last taken, which tells a slow upload from a
 * hung one.
 */
final class RequestBody extends WithdrawableBody {

  private final Time clock;
  private final long length;
  private final boolean isFile;
  private final long beganNanos;
  private final AtomicLong lastNanos;

  RequestBody(GraphCall call, Time clock) {
    this(call.content(), clock, new AtomicLong(clock.nanos()));
  }

  private RequestBody(GraphCall.@Nullable Content content, Time clock, AtomicLong lastNanos) {
    super(
        content == null
            ? BodyPublishers.noBody()
            : BodyPublishers.ofInputStream(
                () -> watched(content.source().get(), clock, lastNanos)));
    this.clock = clock;
    this.length = content == null ? 0 : content.length();
    this.isFile = content != null && content.isFile();
    this.beganNanos = lastNanos.get();
    this.lastNanos = lastNanos;
  }

  private static InputStream watched(InputStream bytes, Time clock, AtomicLong lastNanos) {
    return new FilterInputStream(bytes) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        lastNanos.set(clock.nanos());
        return super.read(into, offset, length);
      }
    };
  }

  /** Records that something happened. */
  void touch() {
    lastNanos.set(clock.nanos());
  }

  /** When something last happened. */
  long lastNanos() {
    return lastNanos.get();
  }

  /** When the total limit begins: at the start, but for a file when its last byte is taken. */
  long limitedFromNanos() {
    return isFile ? lastNanos.get() : beganNanos;
  }

  /**
   * Holds the body back if none of it has been taken yet.
   *
   * @return whether the server cannot have seen the whole request; false when in doubt, as without
   *     a body
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
