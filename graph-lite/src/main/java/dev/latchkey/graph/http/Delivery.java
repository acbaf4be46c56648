package dev.latchkey.graph.http;

import com.google.gson.JsonObject;
import dev.latchkey.AccessToken;
import dev.latchkey.ClaimsChallenge;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.graph.error.GraphError;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.wire.HttpDates;
import dev.latchkey.wire.Json;
import dev.latchkey.wire.MalformedJson;
import dev.latchkey.wire.TransportFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call on its way through attempts, waits and token refreshes. Used once, by one thread. */
final class Delivery<T> {

  private static final Logger log = LoggerFactory.getLogger(Delivery.class);
  private static final int LONGEST_COMPLAINT = 1 << 20;

  private final Settings settings;
  private final int attempts;
  private final Exchange exchange;
  private final Call call;
  private final Reading<T> reading;
  private final boolean toGraph;
  private final long startNanos;
  private final String requestId = UUID.randomUUID().toString();

  private int attempt;
  private @Nullable AccessToken token;
  private boolean refreshed;
  private boolean claimsMet;
  private boolean mayBeDone;

  Delivery(Settings settings, int attempts, Exchange exchange, Call call, Reading<T> reading) {
    this.settings = settings;
    this.attempts = attempts;
    this.exchange = exchange;
    this.call = call;
    this.reading = reading;
    this.toGraph = !call.bare() && Links.sameOrigin(settings.baseUrl(), call.uri());
    this.startNanos = settings.time().nanos();
  }

  /**
   * Runs until there is an answer.
   *
   * @param departing done before each attempt, when it has its token; or null
   */
  T run(@Nullable Runnable departing) {
    while (true) {
      attempt++;
      // Anew each time: a token may run out while a wait lasts.
      AccessToken sent = toGraph ? settings.tokens().get() : null;
      token = sent;
      if (departing != null) {
        departing.run();
      }
      Incoming response;
      try {
        response = exchange.send(call, sent, requestId);
      } catch (Exchange.NoAnswer e) {
        retryUnanswered(e.getCause(), e.neverLeft);
        continue;
      }
      log.debug("{} {}", call, response.status());
      if (isAnswer(response.status())) {
        try {
          return reading.read(call, response, mayBeDone);
        } catch (InterruptedIOException e) {
          throw Exchange.interrupted(e);
        } catch (IOException e) {
          retryUnanswered(e, false);
          continue;
        }
      }
      JsonObject complaint = complaint(response);
      if (sent == null || !bringsBetterToken(sent, response)) {
        retryRefused(response, complaint);
      }
    }
  }

  private boolean isAnswer(int status) {
    return status / 100 == 2
        || (status / 100 == 3 && status != 304 && call.redirects())
        // An earlier attempt, whose answer was lost, did it.
        || (status == 404 && call.method().equals("DELETE") && mayBeDone);
  }

  /** Waits, if the call may be sent again; throws if not. */
  private void retryUnanswered(@Nullable Throwable failure, boolean neverLeft) {
    Throwable cause =
        TransportFailure.of(
            call.bare() ? call.uri().resolve("/") : call.uri(),
            failure == null ? new IOException() : failure,
            neverLeft);
    log.debug("{}: {}", call, cause.getMessage());
    GraphError error = GraphError.noAnswer(toGraph ? requestId : null);
    RetryStep step = next(RetryStep.Failure.noAnswer(neverLeft));
    if (step instanceof RetryStep.Again again) {
      GraphHttp.await(settings.time().after(again.pause()));
    } else if (step instanceof RetryStep.Unknown) {
      throw Complaints.unknown(call, error, cause);
    } else {
      throw Complaints.unreachable(call, error, cause);
    }
  }

  private void retryRefused(Incoming response, @Nullable JsonObject complaint) {
    HttpHeaders headers = response.headers();
    int status = response.status();
    Instant now = Instant.ofEpochMilli(settings.time().wallMillis());
    Duration retryAfter = HttpDates.retryAfter(headers, HttpDates.date(headers), now);
    GraphError error = Complaints.error(status, headers, complaint, toGraph ? requestId : null);
    RetryStep step =
        next(
            new RetryStep.Failure(
                status, headers.firstValue("Retry-After").isPresent(), retryAfter, false));
    if (step instanceof RetryStep.Again again) {
      GraphHttp.await(settings.time().after(again.pause()));
    } else if (step instanceof RetryStep.Unknown) {
      throw Complaints.unknown(call, error, null);
    } else {
      GraphException refusal = Complaints.of(call, error, headers, retryAfter, token);
      throw refusal;
    }
  }

  private RetryStep next(RetryStep.Failure failure) {
    mayBeDone |= RetryStep.mayHaveBeenCarriedOut(failure);
    Duration gone = Duration.ofNanos(settings.time().nanos() - startNanos);
    return RetryStep.next(
        failure,
        call.repeatable(),
        attempt,
        attempts,
        settings.deadline().minus(gone),
        ThreadLocalRandom.current());
  }

  /**
   * Gets another token if that is what the answer asks for: once for a plain 401, once for claims.
   *
   * @return whether the call is worth sending again, at once
   * @throws SignInRequired if the claims cannot be satisfied by a refresh
   */
  private boolean bringsBetterToken(AccessToken sent, Incoming response) {
    int status = response.status();
    if (status != 401 && status != 403) {
      return false;
    }
    String claims =
        ClaimsChallenge.parse(response.headers()).map(ClaimsChallenge::claims).orElse(null);
    if (claims != null) {
      if (claimsMet) {
        // The server took the claims for satisfied, Graph does not; or it asks for others each
        // time.
        throw signInRequired(claims);
      }
      claimsMet = true;
      settings.tokens().replace(sent, claims);
    } else if (status == 401 && !refreshed) {
      refreshed = true;
      settings.tokens().replace(sent, null);
    } else {
      return false;
    }
    attempt--;
    return true;
  }

  private SignInRequired signInRequired(String claims) {
    return new SignInRequired(
        SignInRequired.Reason.CLAIMS_CHALLENGE,
        claims,
        settings.tokens().account().id(),
        "Could not " + call.action() + ": Graph wants more proof of who is signed in",
        null,
        "Sign in again.",
        null);
  }

  /** The body of a refusal, if it is JSON; whatever else it is does not matter. */
  private static @Nullable JsonObject complaint(Incoming response) {
    try (InputStream body = response.body()) {
      return Json.object(body.readNBytes(LONGEST_COMPLAINT));
    } catch (InterruptedIOException e) {
      throw Exchange.interrupted(e);
    } catch (IOException | MalformedJson e) {
      return null;
    }
  }
}
