package dev.latchkey.graph.batch;

import dev.latchkey.AccessToken;
import dev.latchkey.ClaimsChallenge;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.graph.error.GraphError;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.http.Complaints;
import dev.latchkey.graph.http.RetryStep;
import dev.latchkey.graph.http.Settings;
import dev.latchkey.wire.HttpDates;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Decides what an answer means for a request of a batch, as for a single one. Used once. */
final class BatchVerdict {

  private final Settings settings;

  private long answeredAt;
  private long jitter;
  private @Nullable AccessToken token;

  /** The claims for which a token was fetched in this run; empty for none at all. */
  private final Set<String> claimsMet = new HashSet<>();

  BatchVerdict(Settings settings) {
    this.settings = settings;
  }

  /**
   * An answer came to several: those that are sent again after the same time go together.
   *
   * @param sent the token from before they were sent; null if there was none
   */
  void begin(@Nullable AccessToken sent) {
    token = sent;
    answeredAt = settings.time().nanos();
    jitter = ThreadLocalRandom.current().nextLong();
  }

  /** No answer came, or none that makes sense. */
  void lost(BatchItem item, GraphException failure) {
    item.mayBeDone = true;
    RetryStep step = next(item, RetryStep.Failure.noAnswer(false));
    if (step instanceof RetryStep.Again again) {
      wait(item, again.pause());
    } else if (step instanceof RetryStep.Unknown) {
      item.answer = BatchAnswer.failed(Complaints.unknown(item.call, failure.error(), failure));
    } else {
      item.answer = BatchAnswer.failed(Complaints.unreachable(item.call, failure.error(), failure));
    }
  }

  /** An answer came. */
  void on(BatchItem item, BatchResponse response) {
    if (response.status() / 100 <= 3) {
      item.answer = BatchAnswer.of(response);
      return;
    }
    if (response.status() == 404 && item.request.deletes() && item.mayBeDone) {
      // An earlier attempt, whose answer was lost, did it.
      item.answer = BatchAnswer.done(response);
      return;
    }
    try {
      if (!bringsBetterToken(item, response)) {
        refused(item, response);
      }
    } catch (LatchkeyException e) {
      item.answer = BatchAnswer.failed(e);
    }
  }

  private void refused(BatchItem item, BatchResponse response) {
    HttpHeaders headers = response.headers();
    Instant now = Instant.ofEpochMilli(settings.time().wallMillis());
    Duration retryAfter = HttpDates.retryAfter(headers, HttpDates.date(headers), now);
    boolean sent = headers.firstValue("Retry-After").isPresent();
    GraphError error = Complaints.error(response.status(), headers, response.json(), null);
    RetryStep.Failure failure = new RetryStep.Failure(response.status(), sent, retryAfter, false);
    item.mayBeDone |= RetryStep.mayHaveBeenCarriedOut(failure);
    RetryStep step = next(item, failure);
    if (step instanceof RetryStep.Again again) {
      wait(item, again.pause());
    } else if (step instanceof RetryStep.Unknown) {
      item.answer = BatchAnswer.failed(Complaints.unknown(item.call, error, null));
    } else {
      item.answer = BatchAnswer.failed(Complaints.of(item.call, error, headers, retryAfter, token));
    }
  }

  private RetryStep next(BatchItem item, RetryStep.Failure failure) {
    Duration gone = Duration.ofNanos(answeredAt - item.firstSent);
    return RetryStep.next(
        failure,
        item.request.repeatable(),
        item.attempts,
        settings.attempts(),
        settings.deadline().minus(gone),
        new Random(jitter));
  }

  private void wait(BatchItem item, Duration pause) {
    item.notBefore = answeredAt + pause.toNanos();
  }

  /**
   * Gets another token if that is what the answer asks for, once for all requests that ask so.
   *
   * @return whether the request is worth sending again
   * @throws SignInRequired if the claims cannot be satisfied by a refresh
   */
  private boolean bringsBetterToken(BatchItem item, BatchResponse response) {
    if (response.status() != 401 && response.status() != 403) {
      return false;
    }
    String claims =
        ClaimsChallenge.parse(response.headers()).map(ClaimsChallenge::claims).orElse(null);
    if (claims == null && response.status() == 403) {
      return false;
    }
    if (claims != null && item.claimsMet) {
      // The server took the claims for satisfied, Graph does not; or it asks for others each time.
      throw signInRequired(item, claims);
    }
    if (token == null || (claims == null && item.refreshed)) {
      return false;
    }
    item.claimsMet |= claims != null;
    item.refreshed |= claims == null;
    if (claimsMet.add(claims == null ? "" : claims)) {
      settings.tokens().replace(token, claims);
    }
    item.attempts--;
    return true;
  }

  private SignInRequired signInRequired(BatchItem item, String claims) {
    return new SignInRequired(
        SignInRequired.Reason.CLAIMS_CHALLENGE,
        claims,
        settings.tokens().account().id(),
        "Could not " + item.call.action() + ": Graph wants more proof of who is signed in",
        null,
        "Sign in again.",
        null);
  }
}
