package dev.latchkey.graph.internal.http;

import com.google.gson.JsonObject;
import dev.latchkey.AccessToken;
import dev.latchkey.HttpExchange.Kind;
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
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The attempts of one call, with their waits and token replacements. Used once, by one thread. */
final class CallAttempts {

  private static final Logger log = LoggerFactory.getLogger(CallAttempts.class);
  private static final int MAX_ERROR_BYTES = 1 << 20;
  private static final int MAX_ERROR_VALUES = 10_000;
  private static final int MAX_BODY_BYTES = 64 << 20;

  /** Twenty pages of 200 items in one batch; as empty objects, 60 MB of memory. */
  private static final int MAX_BODY_VALUES = 500_000;

  private final GraphConfig config;
  private final RetryPolicy policy;
  private final RequestSender sender;
  private final GraphCall call;
  private final boolean toGraph;
  private final long startNanos;
  private final String requestId = UUID.randomUUID().toString();
  private final TokenReplacement replacement = new TokenReplacement();

  private int attempt;

  /** Unlike an attempt, a request with a replaced token counts as well. */
  private int sent;

  private long sentNanos;
  private @Nullable AccessToken token;
  private boolean mayBeDone;

  CallAttempts(GraphConfig config, RetryPolicy policy, RequestSender sender, GraphCall call) {
    this.config = config;
    this.policy = policy;
    this.sender = sender;
    this.call = call;
    this.toGraph = !call.presigned() && SecureUri.sameOrigin(config.baseUrl(), call.uri());
    this.startNanos = config.time().nanos();
  }

  /**
   * Sends the call until a whole response has come that is not a failure.
   *
   * @param beforeSend run before each attempt, when its token is at hand; may be null
   */
  GraphResponse whole(@Nullable Runnable beforeSend) {
    while (true) {
      StreamingResponse head = await(beforeSend);
      try {
        return read(head);
      } catch (InterruptedIOException e) {
        throw Waits.interrupted(e);
      } catch (IOException e) {
        retryUnanswered(RequestSender.failure(call, e, false));
      }
    }
  }

  /** Does the same, but only until the head of the response has come. */
  StreamingResponse head(@Nullable Runnable beforeSend) {
    StreamingResponse head = await(beforeSend);
    report(head.status());
    return head;
  }

  private StreamingResponse await(@Nullable Runnable beforeSend) {
    while (true) {
      attempt++;
      // Anew each time: a token may expire during a wait.
      AccessToken current = toGraph ? config.tokens().get() : null;
      token = current;
      if (beforeSend != null) {
        beforeSend.run();
      }
      StreamingResponse head;
      sent++;
      sentNanos = config.networkTime().nanos();
      try {
        head = sender.send(call, current, requestId);
      } catch (CancellationException e) {
        report(0);
        throw e;
      } catch (TransportFailure e) {
        report(0);
        retryUnanswered(e);
        continue;
      }
      log.debug("{} {}", call, head.status());
      if (isSuccess(head.status())) {
        return head;
      }
      FailedAttempt failure = failure(head);
      if (current != null
          && replacement.replace(
              config, call, current, head.status(), head.headers(), new HashSet<>())) {
        attempt--;
      } else {
        retry(failure);
      }
    }
  }

  private boolean isSuccess(int status) {
    return status / 100 == 2
        || (status / 100 == 3 && status != 304 && call.redirects())
        // An earlier attempt, whose response was lost, deleted it.
        || (status == 404 && call.method().equals("DELETE") && mayBeDone);
  }

  private void retryUnanswered(TransportFailure cause) {
    log.debug("{}: {}", call, cause.getMessage());
    GraphError error = GraphError.noAnswer(toGraph ? requestId : null);
    retry(FailedAttempt.unanswered(error, cause, cause.neverLeft()));
  }

  /** Waits if the call may be sent again, and throws otherwise. */
  private void retry(FailedAttempt failure) {
    mayBeDone |= failure.mayHaveBeenCarriedOut();
    Duration elapsed = Duration.ofNanos(config.time().nanos() - startNanos);
    Duration pause =
        failure.pause(
            policy,
            call.repeatable(),
            attempt,
            elapsed,
            config.time().jitter(),
            ThreadLocalRandom.current());
    if (pause == null) {
      throw failure.exception(call, token);
    }
    Waits.pause(config.time(), pause);
  }

  private GraphResponse read(StreamingResponse head) throws IOException {
    GraphResponse empty = new GraphResponse(call, head, null, mayBeDone);
    byte[] body;
    try (head) {
      body = head.readNBytes(MAX_BODY_BYTES + 1);
    } catch (IOException e) {
      report(0);
      throw e;
    }
    report(head.status());
    if (body.length > MAX_BODY_BYTES) {
      throw empty.malformed("more than 64 MiB");
    }
    if (body.length == 0 || head.status() / 100 != 2) {
      return empty;
    }
    try {
      return new GraphResponse(call, head, Json.object(body, MAX_BODY_VALUES), mayBeDone);
    } catch (MalformedJson e) {
      throw empty.malformed(e);
    }
  }

  /**
   * Reports the exchange that has just ended.
   *
   * @param status 0 for no response, or one that broke off
   */
  private void report(int status) {
    config
        .exchanges()
        .report(
            toGraph ? Kind.API : Kind.CONTENT,
            call.uri(),
            status,
            config.networkTime().nanos() - sentNanos,
            sent);
  }

  private FailedAttempt failure(StreamingResponse head) {
    JsonObject body;
    try {
      body = errorBody(head);
    } finally {
      report(head.status());
    }
    GraphError error =
        GraphErrorMapper.error(head.status(), head.headers(), body, toGraph ? requestId : null);
    return FailedAttempt.refused(error, head.headers(), config.time());
  }

  /** The body of an error response if it is JSON; anything else does not matter. */
  private static @Nullable JsonObject errorBody(StreamingResponse head) {
    try (head) {
      return Json.object(head.readNBytes(MAX_ERROR_BYTES), MAX_ERROR_VALUES);
    } catch (InterruptedIOException e) {
      throw Waits.interrupted(e);
    } catch (IOException | MalformedJson e) {
      return null;
    }
  }
}
