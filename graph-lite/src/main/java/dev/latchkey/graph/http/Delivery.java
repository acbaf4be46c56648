package dev.latchkey.graph.http;

import com.google.gson.JsonObject;
import dev.latchkey.AccessToken;
import dev.latchkey.graph.error.GraphError;
import dev.latchkey.internal.http.SecureUri;
import dev.latchkey.internal.http.TransportFailure;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.json.MalformedJson;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call on its way through attempts, waits and token refreshes. Used once, by one thread. */
final class Delivery {

  private static final Logger log = LoggerFactory.getLogger(Delivery.class);
  private static final int LONGEST_COMPLAINT = 1 << 20;
  private static final int LONGEST_BODY = 64 << 20;

  private final Settings settings;
  private final Exchange exchange;
  private final Call call;
  private final int attempts;
  private final boolean toGraph;
  private final long startNanos;
  private final String requestId = UUID.randomUUID().toString();
  private final Renewal renewal = new Renewal();

  private int attempt;
  private @Nullable AccessToken token;
  private boolean mayBeDone;

  /**
   * Creates one.
   *
   * @param attempts how often it is sent at most
   */
  Delivery(Settings settings, int attempts, Exchange exchange, Call call) {
    this.settings = settings;
    this.exchange = exchange;
    this.call = call;
    this.attempts = attempts;
    this.toGraph = !call.bare() && SecureUri.sameOrigin(settings.baseUrl(), call.uri());
    this.startNanos = settings.time().nanos();
  }

  /**
   * Sends it until an answer has come whole that is no failure.
   *
   * @param departing done before each attempt, when it has its token; or null
   */
  Answer whole(@Nullable Runnable departing) {
    while (true) {
      Incoming head = head(departing);
      try {
        return read(head);
      } catch (InterruptedIOException e) {
        throw GraphHttp.interrupted(e);
      } catch (IOException e) {
        retryUnanswered(Exchange.failure(call, e, false));
      }
    }
  }

  /** The same, until the head of the answer has come. */
  Incoming head(@Nullable Runnable departing) {
    while (true) {
      attempt++;
      // Anew each time: a token may run out while a wait lasts.
      AccessToken sent = toGraph ? settings.tokens().get() : null;
      token = sent;
      if (departing != null) {
        departing.run();
      }
      Incoming head;
      try {
        head = exchange.send(call, sent, requestId);
      } catch (TransportFailure e) {
        retryUnanswered(e);
        continue;
      }
      log.debug("{} {}", call, head.status());
      if (isAnswer(head.status())) {
        return head;
      }
      FailedAttempt refusal = refusal(head);
      if (sent != null
          && renewal.bringsBetterToken(
              settings, call, sent, head.status(), head.headers(), new HashSet<>())) {
        attempt--;
      } else {
        retry(refusal);
      }
    }
  }

  private boolean isAnswer(int status) {
    return status / 100 == 2
        || (status / 100 == 3 && status != 304 && call.redirects())
        // An earlier attempt, whose answer was lost, did it.
        || (status == 404 && call.method().equals("DELETE") && mayBeDone);
  }

  private void retryUnanswered(TransportFailure cause) {
    log.debug("{}: {}", call, cause.getMessage());
    GraphError error = GraphError.noAnswer(toGraph ? requestId : null);
    retry(FailedAttempt.unanswered(error, cause, cause.neverLeft()));
  }

  /** Waits, if the call may be sent again; throws if not. */
  private void retry(FailedAttempt failure) {
    mayBeDone |= failure.mayHaveBeenCarriedOut();
    Duration gone = Duration.ofNanos(settings.time().nanos() - startNanos);
    Duration pause =
        failure.pause(
            call.repeatable(),
            attempt,
            attempts,
            settings.deadline().minus(gone),
            ThreadLocalRandom.current());
    if (pause == null) {
      throw failure.complaint(call, token);
    }
    GraphHttp.await(settings.time().after(pause));
  }

  private Answer read(Incoming head) throws IOException {
    Answer bare = new Answer(call, head, null, mayBeDone);
    byte[] body;
    try (head) {
      body = head.readNBytes(LONGEST_BODY + 1);
    }
    if (body.length > LONGEST_BODY) {
      throw bare.malformed("more than 64 MiB");
    }
    if (body.length == 0 || head.status() / 100 != 2) {
      return bare;
    }
    try {
      return new Answer(call, head, Json.object(body), mayBeDone);
    } catch (MalformedJson e) {
      throw bare.malformed(e);
    }
  }

  private FailedAttempt refusal(Incoming head) {
    GraphError error =
        Complaints.error(
            head.status(), head.headers(), complaint(head), toGraph ? requestId : null);
    return FailedAttempt.refused(error, head.headers(), settings.time());
  }

  /** The body of a refusal, if it is JSON; whatever else it is does not matter. */
  private static @Nullable JsonObject complaint(Incoming head) {
    try (head) {
      return Json.object(head.readNBytes(LONGEST_COMPLAINT));
    } catch (InterruptedIOException e) {
      throw GraphHttp.interrupted(e);
    } catch (IOException | MalformedJson e) {
      return null;
    }
  }
}
