package dev.latchkey;

import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.OAuthError;
import dev.latchkey.error.SignInExpired;
import dev.latchkey.wire.Context;
import dev.latchkey.wire.ErrorMapping;
import dev.latchkey.wire.Json;
import dev.latchkey.wire.Reply;
import dev.latchkey.wire.TokenResponse;
import java.math.RoundingMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The pure part of polling: what one answer of the token endpoint means for a pending sign-in.
 *
 * @param interval the wait that the server asks for by now; only grows
 * @param backoff the wait after a broken connection: twice the one before; null after an answer
 * @param nonsense what was wrong with the last answer, if it could not be read
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8628#section-3.5">RFC 8628 §3.5</a>
 */
record PollStep(Duration interval, @Nullable Duration backoff, @Nullable String nonsense) {

  /** RFC 8628 §3.5: "the interval MUST be increased by 5 seconds for this and all subsequent". */
  private static final Duration SLOW_DOWN = Duration.ofSeconds(5);

  private static final Context POLL = Context.of(Context.Request.DEVICE_TOKEN);
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);

  /** What to do next. */
  sealed interface Next {}

  /** Poll again after {@code delay}, counted from the arrival of the answer. */
  record Wait(PollStep step, Duration delay) implements Next {}

  /** The person approved. */
  record Done(TokenResponse tokens) implements Next {}

  /** The sign-in is over. */
  record Failed(LatchkeyException failure) implements Next {}

  static PollStep first(Duration interval) {
    return new PollStep(interval, null, null);
  }

  Next answered(Reply reply) {
    OAuthError error = reply.error();
    if (isTransient(reply)) {
      return waitFor(interval, reply);
    }
    if (error == null) {
      return reply.ok() ? tokens(reply) : nonsense(reply, reply.describe());
    }
    return switch (error.error()) {
      case "authorization_pending" -> waitFor(interval, reply);
      case "slow_down" -> waitFor(slower(reply), reply);
      default -> new Failed(ErrorMapping.toException(reply, POLL));
    };
  }

  /**
   * No answer came: RFC 8628 §3.5 asks for "exponential backoff" where the connection timed out.
   */
  Next unanswered() {
    Duration last = backoff == null ? interval : backoff;
    Duration doubled = last.multipliedBy(2);
    Duration cap = interval.compareTo(LONGEST_BACKOFF) > 0 ? interval : LONGEST_BACKOFF;
    Duration delay = doubled.compareTo(cap) > 0 ? cap : doubled;
    return new Wait(new PollStep(interval, delay, nonsense), delay);
  }

  /** How it ends when the time is up. */
  LatchkeyException expired() {
    return nonsense == null
        ? new SignInExpired(
            "The code expired before anybody finished the sign-in",
            null,
            "Start a new sign-in and enter its code in time.",
            null)
        : new InvalidResponse(
            "The token endpoint gave no answer that can be read until the code expired: "
                + nonsense,
            null,
            "Check whether a proxy or a captive portal answers in the server's place.",
            null);
  }

  /** A server or something before it is out of order or busy; the code is as good as before. */
  private static boolean isTransient(Reply reply) {
    OAuthError error = reply.error();
    return reply.status() >= 500
        || reply.status() == 429
        || reply.status() == 408
        || (error != null
            && (error.error().equals("temporarily_unavailable")
                || error.error().equals("server_error")));
  }

  private Next tokens(Reply reply) {
    try {
      return new Done(TokenResponse.parse(reply));
    } catch (InvalidResponse e) {
      // Tokens that cannot be used are given only once; anything else may be a portal's JSON.
      boolean given = reply.json() != null && reply.json().has("access_token");
      return given ? new Failed(e) : nonsense(reply, e.getMessage());
    }
  }

  private Next nonsense(Reply reply, @Nullable String what) {
    return new Wait(new PollStep(interval, null, what), atLeast(interval, reply.retryAfter()));
  }

  private static Next waitFor(Duration interval, Reply reply) {
    return new Wait(new PollStep(interval, null, null), atLeast(interval, reply.retryAfter()));
  }

  /** Five seconds more, or the server's own interval if that is larger. */
  private Duration slower(Reply reply) {
    Duration slower = interval.plus(SLOW_DOWN);
    Long seconds =
        reply.json() == null ? null : Json.whole(reply.json(), "interval", RoundingMode.CEILING);
    return seconds == null ? slower : atLeast(slower, Duration.ofSeconds(Math.min(seconds, 3_600)));
  }

  private static Duration atLeast(Duration least, @Nullable Duration other) {
    return other != null && other.compareTo(least) > 0 ? other : least;
  }
}
