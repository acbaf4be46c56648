package dev.latchkey.internal.http;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request and its bounded reply.
 *
 * <p>The JDK's client completes the future of {@code sendAsync} in the common pool, whatever
 * executor it was given. An application may keep all threads of that pool busy, and every reply
 * would then come too late. The reply is therefore taken where its body ends, on a thread of the
 * client; the future reports only a failure that precedes the body, and {@link Dispatch} does what
 * it can to make that independent of the common pool.
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

  private static final String WITHHELD = "WWW-Authenticate header missing for response code 401";

  private final HttpRequest request;
  private final @Nullable WithdrawableBody body;
  private final Function<HttpReply, T> reader;
  private final CompletableFuture<T> result = new CompletableFuture<>();
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
    CompletableFuture<HttpResponse<byte[]>> sending = begin(client);
    AbortableExchange exchange = new AbortableExchange(sending);
    // A network timeout is no step of the protocol: a test's clock does not move it.
    var deadline =
        new CompletableFuture<Void>().completeOnTimeout(null, timeout.toNanos(), NANOSECONDS);

    CompletableFuture<?> unused = sending.whenComplete(this::ended);
    unused =
        deadline.whenComplete(
            (nothing, cancelled) -> {
              if (cancelled == null) {
                result.completeExceptionally(
                    TransportFailure.timedOut(request.uri(), timeout, withdraw()));
              }
            });
    // However the call ends, nothing is left behind. Cancelling the result comes here, too.
    unused =
        result.whenComplete(
            (reply, failure) -> {
              deadline.cancel(false);
              // Aborting the exchange may come too late; withdrawing the request does not.
              withdraw();
              if (!readWhole) { // else its connection may serve another request by now
                exchange.abort();
              }
            });
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
        Dispatch.rehearsed(receive(new Rehearsed(200, headers, HttpClient.Version.HTTP_1_1)));
    subscriber.onSubscribe(new WithdrawableBody.Nothing());
    subscriber.onNext(List.of(ByteBuffer.wrap(madeUp)));
    subscriber.onComplete();
    return result;
  }

  private record Rehearsed(int statusCode, HttpHeaders headers, HttpClient.Version version)
      implements ResponseInfo {}

  /**
   * An application's own client, or its executor, may throw instead of failing the future; so does
   * a system that gives no more threads.
   */
  private CompletableFuture<HttpResponse<byte[]>> begin(HttpClient client) {
    try {
      return Dispatch.send(client, request, this::receive);
    } catch (RuntimeException | OutOfMemoryError e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private BoundedBody receive(ResponseInfo head) {
    int kibibytes = head.statusCode() / 100 == 2 ? MAX_SUCCESS : MAX_OTHER;
    return new BoundedBody(
        announced(head),
        kibibytes << 10,
        new BoundedBody.End() {
          @Override
          public void whole(byte[] bytes) {
            readWhole = true;
            replied(new HttpReply(head.statusCode(), head.headers(), bytes, null));
          }

          @Override
          public void broken(Throwable failure) {
            fail(failure);
          }

          @Override
          public void tooLong() {
            String problem = "body over " + kibibytes + " KiB";
            replied(new HttpReply(head.statusCode(), head.headers(), null, problem));
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

  private void ended(@Nullable HttpResponse<byte[]> response, @Nullable Throwable failure) {
    if (failure != null) {
      Throwable cause = Futures.unwrap(failure);
      if (isWithheld(cause)) {
        HttpHeaders none = HttpHeaders.of(Map.of(), (name, value) -> true);
        replied(new HttpReply(401, none, null, "a body that the JDK withheld"));
      } else {
        fail(cause);
      }
    } else if (response != null && response.body() == null) {
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
    return body != null && body.withdraw();
  }
}
