package dev.latchkey.internal.http;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A request body that can be withdrawn until the HTTP client asks for its bytes. Once withdrawn,
 * the bytes have not left and never will, whatever the failure was: this is proof where the type of
 * an exception is not. Thread-safe.
 */
public class WithdrawableBody implements BodyPublisher {

  private enum State {
    WAITING,
    TAKEN,
    WITHDRAWN
  }

  private final BodyPublisher bytes;
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

  /** Wraps a body. */
  public WithdrawableBody(BodyPublisher bytes) {
    this.bytes = bytes;
  }

  @Override
  public long contentLength() {
    return bytes.contentLength();
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    if (state.compareAndSet(State.WAITING, State.TAKEN) || state.get() == State.TAKEN) {
      bytes.subscribe(subscriber);
    } else {
      subscriber.onSubscribe(new Nothing());
      subscriber.onError(new IOException("The request was withdrawn before it was sent"));
    }
  }

  /**
   * Withdraws the bytes if the client has not asked for them.
   *
   * @return whether they have not left and never will
   */
  public boolean withdraw() {
    return state.compareAndSet(State.WAITING, State.WITHDRAWN) || state.get() == State.WITHDRAWN;
  }

  /** The same bytes, of which none have been asked for. */
  WithdrawableBody fresh() {
    return new WithdrawableBody(bytes);
  }

  static final class Nothing implements Subscription {
    @Override
    public void request(long count) {}

    @Override
    public void cancel() {}
  }
}
