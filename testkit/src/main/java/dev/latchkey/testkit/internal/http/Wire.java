package dev.latchkey.testkit.internal.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The server's end of one exchange: sends the answer, or spoils it. */
public final class Wire {

  private static final int BUFFER = 1 << 16;

  private final HttpExchange exchange;
  private final Executor executor;
  private final LoggedRequest logged;
  private final Request request;

  Wire(HttpExchange exchange, Executor executor, LoggedRequest logged, Request request) {
    this.exchange = exchange;
    this.executor = executor;
    this.logged = logged;
    this.request = request;
  }

  public Request request() {
    return request;
  }

  /** When the request arrived, by the server's clock. */
  public Instant time() {
    return logged.time();
  }

  public void send(HttpAnswer answer) {
    send(answer, answer.body().size());
  }

  /**
   * Announces the whole body and sends half of it. Closing the exchange then is an error to the
   * JDK's server, and it closes the connection, as intended.
   */
  public void sendHalf(HttpAnswer answer) {
    sendFirst(answer, answer.body().size() / 2);
  }

  /** Like {@link #sendHalf}, but sends this many bytes, or the whole body if it is shorter. */
  public void sendFirst(HttpAnswer answer, long bytes) {
    if (answer.body().size() == 0) {
      cut();
    } else {
      send(answer, Math.min(bytes, answer.body().size()));
    }
  }

  private void send(HttpAnswer answer, long bytes) {
    // Before the bytes leave: a client that has the answer must find it in the log.
    logged.answered(answer);
    long length = answer.body().size();
    try {
      // An early answer looks like a broken connection to a client that is still sending.
      exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
      answer.headers().forEach(exchange.getResponseHeaders()::put);
      boolean chunked = answer.headers().containsKey("Transfer-Encoding"); // that is what 0 means
      exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : chunked ? 0 : length);
      if (length > 0) {
        copy(answer.body(), bytes);
      }
    } catch (IOException clientWentAway) {
      // A cancelled sign-in does that; it is no fault of the server.
    } finally {
      exchange.close();
    }
  }

  private void copy(Bytes body, long bytes) throws IOException {
    OutputStream out = exchange.getResponseBody();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = body.open(0)) {
      long left = bytes;
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(BUFFER, left));
        if (read < 0) {
          return;
        }
        out.write(buffer, 0, read);
        left -= read;
      }
    }
    out.flush();
  }

  /** Sends the answer after the delay, and holds no thread meanwhile. */
  public void sendLater(HttpAnswer answer, Duration delay) {
    CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, executor)
        .execute(() -> send(answer));
  }

  /** Leaves the exchange open. It holds no thread; stopping the server closes its connection. */
  public void hang() {}

  /** Closes the exchange before anything is sent, which closes the connection. */
  public void cut() {
    exchange.close();
  }
}
