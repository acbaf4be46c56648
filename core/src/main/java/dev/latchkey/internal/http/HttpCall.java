package dev.latchkey.internal.http;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.latchkey.internal.concurrent.Futures;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request and its bounded reply.
 *
 * <p>The JDK's client completes the future of {@code sendAsync} in the common pool, whatever
 * executor it was given. An application may keep all threads of that pool busy, and every reply
 * would then come too late. The reply is therefore taken where its body ends, on a thread of the
 * client; the future reports only a failure that precedes the body, and {@link Dispatch} does what
 * it can to make that independent of the common pool. Where the pool fills while a request is on
 * its way, its failure would be unseen: a request that has not left after two seconds is then sent
 * again, as part of the same call, on a thread of its own.
 *
 * @param <T> what the reply is read into
 */
public final class HttpCall<T> {

  /**
   * The longest success, in KiB. Metadata of real servers have about ten; a token response has less
   * than the 100,000 characters that a token store takes.
   */
  static final int MAX_SUCCESS = 256;

  /** The longest body with another status, in KiB: an OAuth error, or a gateway's page. */
  static final int MAX_OTHER = 64;

  /** How often a call that waits for a response looks at the common pool. */
  private static final long LOOK_NANOS = SECONDS.toNanos(2);

  /** The same where the request may have left, and a second one would reach a slow server. */
  private static final long LOOK_NANOS_WITHOUT_PROOF = SECONDS.toNanos(5);

  private static final int UNDECIDED = 0;
  private static final int FIRST = 1;
  private static final int SECOND = 2;

  private static final String WITHHELD = "WWW-Authenticate header missing for response code 401";

  private final HttpRequest request;
  private final Function<HttpReply, T> reader;
  private final CompletableFuture<T> result = new CompletableFuture<>();

  /**
   * Which of the two exchanges decides: the first unless it is silent and the second replaces it,
   * or answers before it.
   */
  private final AtomicInteger decides = new AtomicInteger(UNDECIDED);

  private volatile @Nullable WithdrawableBody body;
  private volatile @Nullable AbortableExchange exchange;

  /** The first exchange, once there is a second. */
  private volatile @Nullable AbortableExchange silent;

  private volatile @Nullable CompletableFuture<Void> timer;
  private volatile boolean readWhole;

  /**
   * Creates a call.
   *
   * @param body the body of the request, which proves whether the request left; null if there is
   *     none, and no proof
   * @param reader reads the reply on a thread of the client
   */
  public HttpCall(
      HttpRequest request, @Nullable WithdrawableBody body, Function<HttpReply, T> reader) {
    this.request = request;
    this.body = body;
    this.reader = reader;
  }

  /**
   * Sends the request; to be called once.
   *
   * @param timeout for the whole exchange, the body included. {@link HttpRequest.Builder#timeout}
   *     would stop at the headers
   * @return fails with {@link TransportFailure} if no reply comes. Cancelling it ends the exchange
   */
  public CompletableFuture<T> send(HttpClient client, Duration timeout) {
    long look = body == null ? LOOK_NANOS_WITHOUT_PROOF : LOOK_NANOS;
    return send(client, timeout, look, Dispatch.commonPoolIsBusy());
  }

  CompletableFuture<T> send(HttpClient client, Duration timeout, long look, boolean busy) {
    if (busy) {
      decides.set(FIRST); // a thread sees every failure
    }
    begin(client, request, busy, FIRST);
    waitAndLook(client, timeout, look, System.nanoTime() + timeout.toNanos());
    // However the call ends, nothing is left behind. Cancelling the result comes here, too.
    CompletableFuture<?> unused = result.whenComplete((reply, failure) -> leaveNothing());
    return result;
  }

  /**
   * Passes a made-up success through everything that takes part in receiving a reply. Sends
   * nothing. To be called once, instead of {@link #send}.
   *
   * @return what the reader made of it, or the reader's failure
   */
  public CompletableFuture<T> rehearse(HttpHeaders headers, byte[] madeUp) {
    var unused = headers.firstValueAsLong("Content-Length"); // as the JDK does with each response
    BodySubscriber<byte[]> subscriber =
        Dispatch.rehearsed(
            receive(new Rehearsed(200, headers, HttpClient.Version.HTTP_1_1), FIRST));
    subscriber.onSubscribe(new WithdrawableBody.Nothing());
    subscriber.onNext(List.of(ByteBuffer.wrap(madeUp)));
    subscriber.onComplete();
    return result;
  }

  private record Rehearsed(int statusCode, HttpHeaders headers, HttpClient.Version version)
      implements ResponseInfo {}

  /**
   * Waits for the time limit, in steps as long as the common pool may hide a failure. A network
   * timeout is no step of the protocol: a test's clock does not move it.
   */
  private void waitAndLook(HttpClient client, Duration timeout, long look, long end) {
    long left = end - System.nanoTime();
    if (left <= 0) {
      result.completeExceptionally(TransportFailure.timedOut(request.uri(), timeout, withdraw()));
      return;
    }
    long step = decides.get() == UNDECIDED ? Math.min(left, look) : left;
    var next = new CompletableFuture<Void>().completeOnTimeout(null, step, NANOSECONDS);
    timer = next;
    CompletableFuture<?> unused =
        next.whenComplete(
            (nothing, cancelled) -> {
              if (cancelled == null) {
                waitAndLook(client, timeout, look, end);
                look(client, Dispatch.commonPoolIsBusy());
              }
            });
    if (result.isDone()) {
      next.cancel(false);
    }
  }

  /**
   * Sends the request again, on a thread of its own, if nothing has been heard of it, a failure may
   * be waiting for the common pool, and sending it twice does no harm: it never left, or it is a
   * GET.
   */
  void look(HttpClient client, boolean busy) {
    if (!busy || decides.get() != UNDECIDED || silent != null) {
      return;
    }
    WithdrawableBody first = body;
    if (first != null) {
      if (withdraw() && decides.compareAndSet(UNDECIDED, SECOND)) {
        replace(client, first.fresh());
      }
    } else if (request.method().equals("GET")) {
      // The first may be no more than slow: it goes on, and the first response counts.
      beginAgain(client, request);
    }
  }

  private void replace(HttpClient client, WithdrawableBody second) {
    HttpRequest again =
        HttpRequest.newBuilder(request, (name, value) -> true)
            .method(request.method(), second)
            .build();
    body = second; // whoever ends the call from now on withdraws it
    beginAgain(client, again);
    AbortableExchange first = silent;
    if (first != null) {
      first.abort();
    }
  }

  private void beginAgain(HttpClient client, HttpRequest again) {
    silent = exchange;
    if (!result.isDone()) {
      begin(client, again, true, SECOND);
    }
    if (result.isDone()) {
      leaveNothing();
    }
  }

  private void begin(HttpClient client, HttpRequest request, boolean onAThread, int which) {
    CompletableFuture<HttpResponse<byte[]>> sending;
    try {
      sending = Dispatch.send(onAThread, client, request, head -> receive(head, which));
    } catch (RuntimeException | OutOfMemoryError e) {
      // An application's own client, or its executor, may throw instead of failing the future; so
      // does a system that gives no more threads.
      sending = CompletableFuture.failedFuture(e);
    }
    exchange = new AbortableExchange(sending);
    CompletableFuture<?> unused =
        sending.whenComplete((response, failure) -> ended(response, failure, which));
  }

  private void leaveNothing() {
    CompletableFuture<Void> running = timer;
    if (running != null) {
      running.cancel(false);
    }
    // Aborting the exchange may come too late; withdrawing the request does not.
    withdraw();
    abort(silent, FIRST);
    abort(exchange, silent == null ? FIRST : SECOND);
  }

  private void abort(@Nullable AbortableExchange ended, int which) {
    // The connection of one that was read whole may serve another request by now.
    if (ended != null && !(readWhole && decides.get() == which)) {
      ended.abort();
    }
  }

  /** Whether the call ends as this exchange does. Once true for one, it is false for the other. */
  private boolean decides(int which) {
    return decides.compareAndSet(UNDECIDED, which) || decides.get() == which;
  }

  private BoundedBody receive(ResponseInfo head, int which) {
    boolean counts = decides(which);
    int kibibytes = head.statusCode() / 100 == 2 ? MAX_SUCCESS : MAX_OTHER;
    return new BoundedBody(
        announced(head),
        kibibytes << 10,
        new BoundedBody.End() {
          @Override
          public void whole(byte[] bytes) {
            if (counts) {
              readWhole = true;
              replied(new HttpReply(head.statusCode(), head.headers(), bytes, null));
            }
          }

          @Override
          public void broken(Throwable failure) {
            if (counts) {
              fail(failure);
            }
          }

          @Override
          public void tooLong() {
            if (counts) {
              String problem = "body over " + kibibytes + " KiB";
              replied(new HttpReply(head.statusCode(), head.headers(), null, problem));
            }
          }
        });
  }

  private static long announced(ResponseInfo head) {
    // Not firstValueAsLong, which throws if the value is not a number.
    return head.headers()
        .firstValue("Content-Length")
        .filter(length -> length.matches("[0-9]{1,18}"))
        .map(Long::valueOf)
        .orElse(0L);
  }

  private void ended(
      @Nullable HttpResponse<byte[]> response, @Nullable Throwable failure, int which) {
    if (failure == null && (response == null || response.body() != null)) {
      return; // the reader of the body knows
    }
    boolean hasSuccessor = which == FIRST && silent != null;
    if (hasSuccessor ? decides.get() != FIRST : !decides(which)) {
      return; // the other one says how the call ends
    }
    if (failure != null) {
      Throwable cause = Futures.unwrap(failure);
      if (isWithheld(cause)) {
        HttpHeaders none = HttpHeaders.of(Map.of(), (name, value) -> true);
        replied(new HttpReply(401, none, null, "a body that the JDK withheld"));
      } else {
        fail(cause);
      }
    } else if (response != null) {
      // A proxy refused the tunnel: the JDK reads no body then, and the request stays here.
      fail(new ProxyRefusal(response.statusCode()));
    }
  }

  /**
   * Whether the client turned a 401 into a failure. With an {@code Authenticator}, even one for a
   * proxy only, the JDK (17 to 25) drops a 401 that has no {@code WWW-Authenticate}; RFC 6749 §5.2
   * does not require that header where the client sent no {@code Authorization}.
   */
  private static boolean isWithheld(Throwable failure) {
    String message = failure.getMessage();
    return failure instanceof IOException && message != null && message.startsWith(WITHHELD);
  }

  private void replied(HttpReply reply) {
    try {
      result.complete(reader.apply(reply));
    } catch (RuntimeException | Error e) { // nothing else would report it before the timeout
      fail(e);
    }
  }

  private void fail(Throwable failure) {
    result.completeExceptionally(TransportFailure.of(request.uri(), failure, withdraw()));
  }

  /** Keeps the request on this machine if it is not too late; whether it never left. */
  private boolean withdraw() {
    WithdrawableBody last = body;
    return last != null && last.withdraw();
  }
}
