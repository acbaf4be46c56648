package dev.latchkey.testkit;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Our end of one exchange: sends the answer, or spoils it. */
final class Wire {

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
    send(answer, answer.body().length);
  }

  /**
   * Announces the whole body and sends half of it. To close an exchange then is an error to the
   * JDK's server, for which it closes the connection: just what is wanted.
   */
  void sendHalf(Answer answer) {
    if (answer.body().length == 0) {
      cut();
    } else {
      send(answer, answer.body().length / 2);
    }
  }

  private void send(Answer answer, int bytes) {
    // Before the bytes leave: who has the answer must find it in the log.
    record.answered(answer.status());
    int length = answer.body().length;
    try {
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
      if (length > 0) {
        exchange.getResponseBody().write(answer.body(), 0, bytes);
        exchange.getResponseBody().flush();
      }
    } catch (IOException clientWentAway) {
      // Its own affair: a cancelled sign-in does just that.
    } finally {
      exchange.close();
    }
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
