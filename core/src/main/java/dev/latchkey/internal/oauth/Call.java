package dev.latchkey.internal.oauth;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.latchkey.internal.http.BoundedBody;
import dev.latchkey.internal.http.TransportFailure;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One request and what becomes of it.
 *
 * <p>The JDK's client hands the future of {@code sendAsync} over through the common pool, whatever
 * executor it has. An application may keep all threads of that pool busy, and each reply would come
 * too late. So the reply is taken where its body ends, on a thread of the client; the future tells
 * only of what failed before there was a body.
 */
public final class Call {

  /** A request that can perhaps still be kept here. */
  interface Departure {
    /** Keeps it here if it has not left; tells whether it has not and never will. */
    boolean withdraw();
  }

  private final HttpRequest request;
  private final Departure departure;
  private final ReplyReader reader;
  private final CompletableFuture<Reply> result = new CompletableFuture<>();
  private volatile boolean readWhole;

  Call(HttpRequest request, Departure departure, ReplyReader reader) {
    this.request = request;
    this.departure = departure;
    this.reader = reader;
  }

  /**
   * Sends it; once only.
   *
   * @param timeout for the whole exchange
   */
  CompletableFuture<Reply> send(HttpClient client, Duration timeout) {
    var exchange = begin(client, this::body);
    // A network timeout, not a step of the protocol: a test's clock does not move it.
    var deadline =
        new CompletableFuture<Void>().completeOnTimeout(null, timeout.toNanos(), NANOSECONDS);

    CompletableFuture<?> unused = exchange.whenComplete(this::ended);
    unused =
        deadline.whenComplete(
            (nothing, cancelled) -> {
              if (cancelled == null) {
                result.completeExceptionally(
                    TransportFailure.timedOut(request.uri(), timeout, departure.withdraw()));
              }
            });
    // However it ended, nothing is left behind: cancelling the result comes through here too.
    unused =
        result.whenComplete(
            (reply, failure) -> {
              deadline.cancel(false);
              // Cancelling the exchange is a request, which may come too late; this does not.
              departure.withdraw();
              if (!readWhole) { // else its connection may serve another request by now
                exchange.cancel(true);
              }
            });
    return result;
  }

  /** An application's own client, or its executor, may throw where it should fail. */
  private <T> CompletableFuture<HttpResponse<T>> begin(HttpClient client, BodyHandler<T> body) {
    try {
      return client.sendAsync(request, body);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private BoundedBody body(ResponseInfo head) {
    return new BoundedBody(
        announced(head),
        new BoundedBody.End() {
          @Override
          public void whole(byte[] body) {
            readWhole = true;
            try {
              result.complete(reader.read(head.statusCode(), head.headers(), body));
            } catch (RuntimeException | Error e) { // nobody else would tell, until the time is up
              fail(e);
            }
          }

          @Override
          public void broken(Throwable failure) {
            fail(failure);
          }

          @Override
          public void tooLong() {
            result.complete(reader.tooLong(head.statusCode(), head.headers()));
          }
        });
  }

  private static long announced(ResponseInfo head) {
    // Not firstValueAsLong, which throws at what is no number.
    return head.headers()
        .firstValue("Content-Length")
        .filter(length -> length.matches("[0-9]{1,18}"))
        .map(Long::valueOf)
        .orElse(0L);
  }

  private void ended(@Nullable HttpResponse<byte[]> response, @Nullable Throwable failure) {
    if (failure != null) {
      Throwable cause = Exchange.unwrap(failure);
      Reply withheld = reader.withheld(cause);
      if (withheld == null) {
        fail(cause);
      } else {
        result.complete(withheld);
      }
    } else if (response != null && response.body() == null) {
      // A proxy refused the tunnel: the JDK reads no body then, and the request stays here.
      fail(new IOException("HTTP " + response.statusCode() + " without a body"));
    }
  }

  private void fail(Throwable failure) {
    result.completeExceptionally(TransportFailure.of(request.uri(), failure, departure.withdraw()));
  }
}
