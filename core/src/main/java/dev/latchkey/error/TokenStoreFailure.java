package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The token store could not read, write or lock. It overwrote no record that is damaged, newer or
 * encrypted with another key. Thrown by any {@link dev.latchkey.store.TokenStore}, and by whatever
 * uses one. Next: act on {@link #problem()}, or show the remedy. A store may add its own subtypes.
 *
 * @see LatchkeyException
 */
public non-sealed class TokenStoreFailure extends LatchkeyException {

  private static final long serialVersionUID = 1L;

  /** The kinds of failure. */
  public enum Problem {
    /** The storage cannot be used: no keyring, a read-only directory, a full disk. */
    UNAVAILABLE,
    /** The storage is locked; the person can unlock it. */
    LOCKED,
    /** The storage is unlocked and wants to ask the person before it goes on. */
    CONFIRMATION_NEEDED,
    /** The storage did not answer in time. */
    TIMED_OUT,
    /** Another process held the lock for longer than the time limit. */
    LEASE_TIMEOUT,
    /** The key does not open this store. */
    WRONG_KEY,
    /** A record is damaged. It is left unchanged. */
    DAMAGED,
    /** A newer version of the library wrote the record. It is left unchanged. */
    NEWER,
    /** The storage holds several entries where one is expected. */
    AMBIGUOUS,
    /** The session does not fit into a token store, because its refresh token is too long. */
    TOO_LARGE,
    /** The storage accepted a record but did not keep it, or reports a change at each attempt. */
    NOT_DURABLE
  }

  private final Problem problem;

  /**
   * Creates the exception.
   *
   * @param problem the kind of failure
   * @param message what happened. It may reach a log or a terminal as it is, so it must quote
   *     nothing secret: no record, no key
   * @param remedy what would help, in one sentence; null if unknown
   * @param cause the cause, or null
   */
  public TokenStoreFailure(
      Problem problem, String message, @Nullable String remedy, @Nullable Throwable cause) {
    super(message, null, remedy, cause);
    this.problem = problem;
  }

  /**
   * Returns the kind of failure.
   *
   * @return the kind
   */
  public final Problem problem() {
    return problem;
  }
}
