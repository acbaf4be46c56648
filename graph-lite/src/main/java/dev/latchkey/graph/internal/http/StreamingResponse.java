package dev.latchkey.graph.internal.http;

import dev.latchkey.graph.error.GraphError;
import dev.latchkey.internal.time.Time;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A response whose body is read while it arrives, a few pieces behind, by one thread. A read waits
 * at most the idle limit for the next byte, and an interrupt ends it with an {@link
 * InterruptedIOException} and the flag set: the JDK's stream does neither. The whole body must come
 * within the total limit, or, if it is {@linkplain #asContent content}, at a minimum rate: a byte
 * each half second would keep the idle limit from ever passing. Must be closed, which drops the
 * connection unless the body is at its end.
 */
public final class StreamingResponse extends InputStream implements BodySubscriber<InputStream> {

  /** Marks the end of the body; compared by identity. */
  private static final List<ByteBuffer> END = new ArrayList<>();

  /** Even a modem brings more. */
  private static final long MIN_BYTES_PER_SECOND = 1024;

  /**
   * How many pieces, of at most 16 KiB each over HTTP/1.1, may have arrived before they are read.
   * With one, the thread that receives and the one that reads wait for each other at each piece.
   */
  static final int AHEAD = 16;

  private final int status;
  private final HttpHeaders headers;
  private final @Nullable String requestId;
  private final Time clock;
  private final Duration idleLimit;
  private final Duration totalLimit;
  private final long limitedFromNanos;
  private final BlockingQueue<List<ByteBuffer>> arrived = new LinkedBlockingQueue<>();
  private final Queue<ByteBuffer> reading = new ArrayDeque<>();
  private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();
  private volatile @Nullable Throwable failure;
  private boolean asked;
  private boolean ended;
  private boolean isContent;

  /**
   * The time spent waiting for content, and the bytes that came, since the rate was last checked.
   */
  private long waitedNanos;

  private long came;

  /**
   * Creates one.
   *
   * @param requestId the id that was sent; null for a host that must not see one
   * @param limitedFromNanos when the total limit began
   */
  StreamingResponse(
      ResponseInfo head, @Nullable String requestId, GraphConfig config, long limitedFromNanos) {
    this.status = head.statusCode();
    this.headers = head.headers();
    this.requestId = requestId;
    this.clock = config.networkTime();
    this.idleLimit = config.idleLimit();
    this.totalLimit = config.totalLimit();
    this.limitedFromNanos = limitedFromNanos;
  }

  /** Makes the body the content of a file: it may take any time, at a minimum rate. */
  StreamingResponse asContent() {
    isContent = true;
    return this;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** All headers. */
  public HttpHeaders headers() {
    return headers;
  }

  /** Status, ids and date, for exceptions. */
  public GraphError about() {
    return GraphErrorMapper.error(status, headers, null, requestId);
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Subscription given) {
    // False if closed already.
    if (subscription.complete(given)) {
      given.request(AHEAD);
    } else {
      given.cancel();
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    arrived.add(buffers);
  }

  @Override
  public void onError(Throwable cause) {
    failure = cause;
    arrived.add(END);
  }

  @Override
  public void onComplete() {
    arrived.add(END);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    ByteBuffer buffer = next();
    if (buffer == null) {
      return -1;
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(into, offset, count);
    return count;
  }

  /** Reads what the inherited method reads, but a small body without a buffer of 8 KiB. */
  @Override
  public byte[] readNBytes(int limit) throws IOException {
    byte[] body = new byte[0];
    int count = 0;
    while (count < limit) {
      ByteBuffer buffer = next();
      if (buffer == null) {
        break;
      }
      int more = Math.min(buffer.remaining(), limit - count);
      if (more > body.length - count) {
        body = Arrays.copyOf(body, Math.max(count + more, Math.min(2 * count, limit)));
      }
      buffer.get(body, count, more);
      count += more;
    }
    return count == body.length ? body : Arrays.copyOf(body, count);
  }

  private @Nullable ByteBuffer next() throws IOException {
    while (!ended) {
      ByteBuffer head = reading.peek();
      if (head == null) {
        await();
      } else if (head.hasRemaining()) {
        return head;
      } else {
        reading.remove();
      }
    }
    Throwable cause = failure;
    if (cause != null) {
      throw new IOException("the answer broke off", cause);
    }
    return null;
  }

  @SuppressWarnings("ReferenceEquality") // END is compared by identity
  private void await() throws IOException {
    long start = clock.nanos();
    if (asked) {
      // The buffers of an earlier request are used up.
      subscription.join().request(1);
    }
    asked = true;
    long left = totalLimit.toNanos() - (start - limitedFromNanos);
    long limit = isContent ? idleLimit.toNanos() : Math.min(idleLimit.toNanos(), left);
    try {
      List<ByteBuffer> next = arrived.poll(limit, TimeUnit.NANOSECONDS);
      if (next == null || (limit <= 0 && next != END)) {
        throw new HttpTimeoutException("the answer did not come in time");
      }
      reading.addAll(next);
      ended = next == END;
      if (isContent && !ended) {
        checkRate(next, clock.nanos() - start);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  /** Only the wait counts: a caller that takes its time does not make the host slow. */
  private void checkRate(List<ByteBuffer> next, long waited) throws HttpTimeoutException {
    waitedNanos += waited;
    for (ByteBuffer buffer : next) {
      came += buffer.remaining();
    }
    if (waitedNanos >= idleLimit.toNanos()) {
      if (came < MIN_BYTES_PER_SECOND * idleLimit.toMillis() / 1000) {
        throw new HttpTimeoutException("the answer comes too slowly");
      }
      waitedNanos = 0;
      came = 0;
    }
  }

  @Override
  public void close() {
    ended = true;
    // No effect after the end; before it, the JDK closes the connection.
    if (!subscription.cancel(false) && !subscription.isCancelled()) {
      subscription.join().cancel();
    }
  }
}
