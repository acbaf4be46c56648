package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The token store could not read, write or lock; no damaged, newer or foreign record was
 * overwritten. Next: act on {@link #problem()}, or show the remedy. Open to subtypes, so that a
 * store can add its own.
 */
public non-sealed class TokenStoreFailure extends LatchkeyException {

  private static final long serialVersionUID = 1L;

  /** What kind of failure it is. */
  public enum Problem {
    /** The storage cannot be reached or used: no keyring, a read-only directory, a full disk. */
    UNAVAILABLE,
    /** The storage is there and locked; the person can unlock it. */
    LOCKED,
    /** The storage did not answer in time. */
    TIMED_OUT,
    /** Another process held the lock for longer than the time limit. */
    LEASE_TIMEOUT,
    /** The key does not open this store. */
    WRONG_KEY,
    /** A record is damaged; it is left as it is. */
    DAMAGED,
    /** A newer version of the library wrote the record; it is left as it is. */
    NEWER,
    /** The storage holds several entries where there must be one. */
    AMBIGUOUS,
    /** The storage took a record and did not keep it, or says at each try that it has changed. */
    NOT_DURABLE
  }

  private final Problem problem;

  /**
   * Creates one.
   *
   * @param problem what kind of failure it is
   * @param message what happened, without any secret
   * @param remedy what would help, in one sentence
   * @param cause what was caught, if anything
   */
  public TokenStoreFailure(
      Problem problem, String message, @Nullable String remedy, @Nullable Throwable cause) {
    super(message, null, remedy, cause);
    this.problem = problem;
  }

  /**
   * What kind of failure it is.
   *
   * @return the kind
   */
  public final Problem problem() {
    return problem;
  }
}
