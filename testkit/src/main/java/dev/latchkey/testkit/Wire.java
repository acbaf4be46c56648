package dev.latchkey.testkit;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Our end of one exchange: sends the answer, or spoils it. */
final class Wire {

  private static final int BUFFER = 1 << 16;

  private final HttpExchange exchange;
  private final Executor executor;
  private final RecordedRequest record;
  private final Function<OAuthFailure, Answer> errors;

  Wire(
      HttpExchange exchange,
      Executor executor,
      RecordedRequest record,
      Function<OAuthFailure, Answer> errors) {
    this.exchange = exchange;
    this.executor = executor;
    this.record = record;
    this.errors = errors;
  }

  void send(OAuthFailure failure) {
    record.refused(failure);
    send(errors.apply(failure));
  }

  void send(Answer answer) {
    send(answer, answer.body().length());
  }

  /**
   * Announces the whole body and sends half of it. To close an exchange then is an error to the
   * JDK's server, for which it closes the connection: just what is wanted.
   */
  void sendHalf(Answer answer) {
    sendFirst(answer, answer.body().length() / 2);
  }

  /** As {@link #sendHalf}, but so many bytes, or all if the body is no longer than that. */
  void sendFirst(Answer answer, long bytes) {
    if (answer.body().length() == 0) {
      cut();
    } else {
      send(answer, Math.min(bytes, answer.body().length()));
    }
  }

  private void send(Answer answer, long bytes) {
    // Before the bytes leave: who has the answer must find it in the log.
    record.answered(answer.status());
    long length = answer.body().length();
    try {
      // To a client that is still sending, an answer before its time looks like a broken
      // connection.
      exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
      answer.headers().forEach(exchange.getResponseHeaders()::put);
      exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
      if (length > 0) {
        copy(answer.body(), bytes);
      }
    } catch (IOException clientWentAway) {
      // Its own affair: a cancelled sign-in does just that.
    } finally {
      exchange.close();
    }
  }

  private void copy(Body body, long bytes) throws IOException {
    OutputStream out = exchange.getResponseBody();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = body.open()) {
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

  /** Holds no thread meanwhile. */
  void sendLater(Answer answer, Duration delay) {
    CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, executor)
        .execute(() -> send(answer));
  }

  /** Leaves the exchange open. It holds no thread; stopping the server closes its connection. */
  void hang() {}

  /** To close an exchange of which nothing was sent closes the connection. */
  void cut() {
    exchange.close();
  }
}
