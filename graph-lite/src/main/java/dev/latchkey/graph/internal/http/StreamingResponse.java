package dev.latchkey.graph.internal.http;

import dev.latchkey.graph.error.GraphError;
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
 * A response whose body is read while it arrives, a few buffers at a time, by one thread. A read
 * waits at most the idle limit for the next byte, and an interrupt ends it with an {@link
 * InterruptedIOException} and the flag set: the JDK's stream does neither. Must be closed, which
 * drops the connection unless the body is at its end.
 */
public final class StreamingResponse extends InputStream implements BodySubscriber<InputStream> {

  /** Marks the end of the body; compared by identity. */
  private static final List<ByteBuffer> END = new ArrayList<>();

  private final int status;
  private final HttpHeaders headers;
  private final GraphError about;
  private final Duration idleLimit;
  private final BlockingQueue<List<ByteBuffer>> arrived = new LinkedBlockingQueue<>();
  private final Queue<ByteBuffer> reading = new ArrayDeque<>();
  private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();
  private volatile @Nullable Throwable failure;
  private boolean asked;
  private boolean ended;

  StreamingResponse(ResponseInfo head, GraphError about, Duration idleLimit) {
    this.status = head.statusCode();
    this.headers = head.headers();
    this.about = about;
    this.idleLimit = idleLimit;
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
    return about;
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Subscription given) {
    // False if closed already.
    if (subscription.complete(given)) {
      given.request(1);
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
    if (asked) {
      // The buffers of the last request are used up.
      subscription.join().request(1);
    }
    asked = true;
    try {
      List<ByteBuffer> next = arrived.poll(idleLimit.toNanos(), TimeUnit.NANOSECONDS);
      if (next == null) {
        throw new HttpTimeoutException("nothing came for " + idleLimit.toMillis() + " ms");
      }
      reading.addAll(next);
      ended = next == END;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted");
      interrupted.initCause(e);
      throw interrupted;
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
