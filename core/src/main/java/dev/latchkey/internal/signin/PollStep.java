package dev.latchkey.internal.signin;

import com.google.gson.JsonObject;
import dev.latchkey.SignInProgress;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.OAuthError;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.SignInExpired;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.Throttled;
import dev.latchkey.internal.error.Context;
import dev.latchkey.internal.error.OAuthErrorMapper;
import dev.latchkey.internal.oauth.Reply;
import dev.latchkey.internal.oauth.Seconds;
import dev.latchkey.internal.oauth.TokenResponse;
import dev.latchkey.internal.time.ExponentialDelay;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The pure part of polling: decides what one answer of the token endpoint means for a pending
 * sign-in.
 *
 * @param interval the wait that the server asks for; it only grows
 * @param backoff the last wait after a broken connection; null after an answer
 * @param nonsense the last answer, if it could not be read; null otherwise
 * @param lost whether the last answer, which did not arrive, may have held the tokens
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8628#section-3.5">RFC 8628 §3.5</a>
 */
record PollStep(
    Duration interval, @Nullable Duration backoff, @Nullable Nonsense nonsense, boolean lost) {

  /** RFC 8628 §3.5: "the interval MUST be increased by 5 seconds for this and all subsequent". */
  private static final Duration SLOW_DOWN = Duration.ofSeconds(5);

  private static final Context POLL = Context.of(Context.Request.DEVICE_TOKEN);
  private static final Duration LAST_POLL = Duration.ofSeconds(1);
  private static final Duration MAX_BACKOFF = Duration.ofMinutes(1);
  private static final Duration MAX_INTERVAL = Duration.ofHours(1);
  private static final String START_AGAIN = "Start a new sign-in and enter its code in time.";

  /** One or two may come from a server that is being restarted or replaced. */
  private static final int MAX_HOPELESS = 3;

  /**
   * An answer that could not be read.
   *
   * @param what what was wrong with it
   * @param hopeless how many answers in a row, this one included, were such that no captive portal
   *     sends them, so that waiting for the end of the portal is in vain
   */
  record Nonsense(String what, int hopeless) {}

  /** What to do next. */
  sealed interface Next {}

  /** Poll again after the delay, which counts from the arrival of the answer. */
  record Wait(PollStep step, Duration delay) implements Next {

    /**
     * Shortens a wait that only a broken connection made longer, so that one poll is left before
     * the code expires: the network may be back and the person finished. The wait stays longer than
     * the interval, as RFC 8628 §3.5 requires after a timeout.
     */
    Duration delayWithin(Duration left) {
      Duration last = left.minus(LAST_POLL);
      boolean ownChoice = step.backoff() != null;
      return ownChoice && delay.compareTo(last) > 0 && last.compareTo(step.interval()) > 0
          ? last
          : delay;
    }
  }

  /** The person approved. */
  record Done(TokenResponse tokens, Reply reply) implements Next {}

  /** The sign-in is over. */
  record Failed(LatchkeyException failure) implements Next {}

  static PollStep first(Duration interval) {
    return new PollStep(interval, null, null, false);
  }

  /**
   * Decides after an answer.
   *
   * @param overdue whether the code has expired by this machine's clocks
   */
  Next answered(Reply reply, boolean overdue) {
    OAuthError error = reply.error();
    if (error != null
        && error.error().equals("slow_down")) { // with any status: some servers send 429
      return waitFor(slower(reply), reply, null, false);
    }
    if (isBusy(reply)) {
      return waitFor(interval, reply, null, lost || reply.status() >= 500);
    }
    if (error == null) {
      return reply.ok() ? tokens(reply) : unreadable(reply, describe(reply));
    }
    return isPending(error)
        ? waitFor(interval, reply, null, false)
        : refused(reply, error, overdue);
  }

  /**
   * Decides after a request without an answer. RFC 8628 §3.5: "clients MUST unilaterally reduce
   * their polling frequency before retrying"; it recommends doubling the wait.
   */
  Wait unanswered() {
    Duration first = interval.multipliedBy(2);
    Duration delay = new ExponentialDelay(first, atLeast(first, MAX_BACKOFF)).after(backoff);
    return new Wait(new PollStep(interval, delay, nonsense, true), delay);
  }

  /** What an answer that this step waits after tells the person. */
  SignInProgress.State stateAfter(Reply reply, Wait wait) {
    if (wait.step().nonsense() != null) {
      return SignInProgress.State.UNREADABLE;
    }
    if (wait.step().interval().compareTo(interval) > 0) {
      return SignInProgress.State.SLOWED_DOWN;
    }
    OAuthError error = reply.error();
    boolean pending = error != null && isPending(error) && !isBusy(reply);
    return pending ? SignInProgress.State.WAITING : SignInProgress.State.SERVER_BUSY;
  }

  private static boolean isBusy(Reply reply) {
    return reply.status() >= 500 || reply.status() == 429 || reply.status() == 408;
  }

  private static boolean isPending(OAuthError error) {
    return error.error().equals("authorization_pending") || OAuthErrorMapper.isPending(error);
  }

  /** The failure when the code has expired. */
  LatchkeyException expired() {
    return nonsense == null
        ? new SignInExpired(
            "The code expired before the sign-in was finished", null, START_AGAIN, null)
        : new InvalidResponse(
            "The code expired while the answers of the token endpoint could not be read: "
                + nonsense.what(),
            null,
            "Check whether a proxy or a captive portal answers in the server's place.",
            null);
  }

  private Next tokens(Reply reply) {
    try {
      return new Done(TokenResponse.parse(reply), reply);
    } catch (InvalidResponse e) {
      // Tokens are issued only once, usable or not.
      boolean given = Objects.requireNonNull(reply.json()).has("access_token");
      return given ? new Failed(e) : unreadable(reply, e.getMessage());
    }
  }

  private Next unreadable(Reply reply, String what) {
    int before = nonsense == null ? 0 : nonsense.hopeless();
    int hopeless = isPortals(reply) ? 0 : before + 1;
    return hopeless < MAX_HOPELESS
        ? waitFor(interval, reply, new Nonsense(what, hopeless), true)
        : new Failed(hopeless(reply, what));
  }

  /**
   * Whether a captive portal or a proxy may have sent it, which ends: a page, a redirect, half an
   * answer. What sends JSON without an error, or says that there is nothing here to post to, is a
   * server; so is, as far as is known, what refuses a request without a word.
   */
  private static boolean isPortals(Reply reply) {
    return switch (reply.status()) {
      case 404, 405, 410, 415 -> false;
      case 400, 401 -> reply.json() == null && !reply.isEmpty();
      case 407 -> true;
      default -> reply.json() == null;
    };
  }

  private static LatchkeyException hopeless(Reply reply, String what) {
    return reply.status() == 401
        ? OAuthErrorMapper.toException(reply, POLL)
        : new InvalidResponse(
            "The token endpoint gave " + MAX_HOPELESS + " answers without a meaning: " + what,
            null,
            "Check the issuer or the endpoint URLs: this does not look like a token endpoint.",
            null);
  }

  private Next refused(Reply reply, OAuthError error, boolean overdue) {
    LatchkeyException refusal = OAuthErrorMapper.toException(reply, POLL);
    if (refusal instanceof Throttled || refusal instanceof ServiceUnavailable) {
      return waitFor(interval, reply, null, lost); // the code is as good as before
    }
    boolean unknownCode =
        refusal instanceof SignInRequired why
            && why.reason() == SignInRequired.Reason.DEVICE_CODE_REJECTED
            && error.error().equals("invalid_grant");
    if (unknownCode && overdue) { // Keycloak 26 and oidc-provider 9 forget expired codes
      return new Failed(
          new SignInExpired(
              "The code expired before the sign-in was finished", error, START_AGAIN, null));
    }
    return new Failed(unknownCode && lost ? spent(refusal, error) : refusal);
  }

  /** A code brings tokens once, and that answer may have been lost. */
  private static LatchkeyException spent(LatchkeyException refusal, OAuthError error) {
    return new SignInRequired(
        SignInRequired.Reason.DEVICE_CODE_REJECTED,
        null,
        null,
        refusal.getMessage() + " The previous answer was lost; it may have held the tokens.",
        error,
        refusal.remedy(),
        null);
  }

  private static String describe(Reply reply) {
    return reply.json() == null ? reply.describe() : reply.describe() + " without an OAuth error";
  }

  private static Next waitFor(
      Duration interval, Reply reply, @Nullable Nonsense nonsense, boolean lost) {
    return new Wait(
        new PollStep(interval, null, nonsense, lost), atLeast(interval, reply.retryAfter()));
  }

  /** The interval plus five seconds, or the server's own interval if that is longer. */
  private Duration slower(Reply reply) {
    JsonObject json = reply.json();
    Duration asked = json == null ? null : Seconds.atLeast(json, "interval", MAX_INTERVAL);
    return atLeast(interval.plus(SLOW_DOWN), asked);
  }

  private static Duration atLeast(Duration least, @Nullable Duration other) {
    return other != null && other.compareTo(least) > 0 ? other : least;
  }
}
