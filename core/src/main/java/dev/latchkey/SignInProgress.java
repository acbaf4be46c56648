package dev.latchkey;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the waiting of a {@link SignIn} goes, after one poll that did not end it.
 *
 * @param state what the poll brought
 * @param nextPoll when the next poll follows, counted from this one's answer, or when the code
 *     expires if that comes first
 * @param remedy what would help against a connection that fails, in one sentence: a proxy's
 *     password, a certificate, the clock, the host name; null if unknown, and in all other states
 */
public record SignInProgress(State state, Duration nextPoll, @Nullable String remedy) {

  /** What a poll brought. */
  public enum State {
    /** The person has not finished yet. */
    WAITING,
    /** The server asks for fewer polls ({@code slow_down}); the person has not finished yet. */
    SLOWED_DOWN,
    /** The server cannot be reached: show "No connection, trying again". */
    NO_CONNECTION,
    /** The server is busy or down. */
    SERVER_BUSY,
    /** The answer could not be read: perhaps a captive portal wants the person to sign in to it. */
    UNREADABLE
  }
}
