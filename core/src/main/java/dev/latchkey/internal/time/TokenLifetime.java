package dev.latchkey.internal.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When a token is due for refresh and when it expires, by both clocks of this process. Whichever
 * clock says so first counts, because the monotonic clock may stop while the machine sleeps and the
 * wall clock may be set back.
 */
public record TokenLifetime(long dueNanos, long dueMillis, long endNanos, long endMillis) {

  private static final Duration MAX_MARGIN = Duration.ofMinutes(5);

  /** The end of a token that is good until it is refused: the last second of the year 9999. */
  public static final long NO_END = 253_402_300_799_000L;

  /** A century and a half, which the difference of two readings can hold. */
  private static final long NO_END_NANOS = Long.MAX_VALUE / 2;

  /** A token that expires on arrival would be refreshed at every call. */
  private static final Duration MIN_LIFETIME = Duration.ofSeconds(1);

  /** The lifetime that the server granted, counted from when the request went out. */
  public static TokenLifetime granted(
      long sentNanos, long sentMillis, Duration expiresIn, @Nullable Duration refreshIn) {
    return granted(sentNanos, sentMillis, expiresIn, refreshIn, Jitter.NONE);
  }

  /** The same, due at another moment, by chance, so that many programs do not refresh together. */
  public static TokenLifetime granted(
      long sentNanos,
      long sentMillis,
      Duration expiresIn,
      @Nullable Duration refreshIn,
      Jitter jitter) {
    Duration end = expiresIn.compareTo(MIN_LIFETIME) < 0 ? MIN_LIFETIME : expiresIn;
    Duration due = dueAfter(end, refreshIn, jitter);
    return new TokenLifetime(
        sentNanos + due.toNanos(),
        sentMillis + due.toMillis(),
        sentNanos + end.toNanos(),
        sentMillis + end.toMillis());
  }

  /** The lifetime of a token whose end nobody knows. */
  public static TokenLifetime withoutEnd(long sentNanos) {
    long end = sentNanos + NO_END_NANOS;
    return new TokenLifetime(end, NO_END, end, NO_END);
  }

  /** Whether it is known when the token expires. */
  public boolean hasEnd() {
    return endMillis != NO_END;
  }

  /** The lifetime between stored instants, in this machine's wall time. */
  public static TokenLifetime stored(long dueMillis, long endMillis, Time time) {
    long nanos = time.nanos();
    long millis = time.wallMillis();
    return new TokenLifetime(
        nanos + TimeUnit.MILLISECONDS.toNanos(dueMillis - millis),
        dueMillis,
        nanos + TimeUnit.MILLISECONDS.toNanos(endMillis - millis),
        endMillis);
  }

  /**
   * {@code refresh_in} if it is within the lifetime, else min(5 minutes, a fifth) before the end.
   */
  private static Duration dueAfter(
      Duration expiresIn, @Nullable Duration refreshIn, Jitter jitter) {
    if (refreshIn != null && refreshIn.compareTo(expiresIn) < 0) {
      return refreshIn.plus(jitter.later(refreshIn, expiresIn.minus(refreshIn)));
    }
    Duration fifth = expiresIn.dividedBy(5);
    Duration margin = fifth.compareTo(MAX_MARGIN) < 0 ? fifth : MAX_MARGIN;
    return expiresIn.minus(margin).minus(jitter.earlier(expiresIn));
  }

  /** The same lifetime, due only at its end. */
  public TokenLifetime dueAtEnd() {
    return new TokenLifetime(endNanos, endMillis, endNanos, endMillis);
  }

  /** Whether the token is not due yet. */
  public boolean isFresh(Time time) {
    return time.nanos() - dueNanos < 0 && time.wallMillis() < dueMillis;
  }

  /** Whether the token has not expired. */
  public boolean isAlive(Time time) {
    return time.nanos() - endNanos < 0 && time.wallMillis() < endMillis;
  }

  /** The time until it expires; not negative. */
  public Duration left(Time time) {
    long nanos =
        Math.min(
            endNanos - time.nanos(), TimeUnit.MILLISECONDS.toNanos(endMillis - time.wallMillis()));
    return Duration.ofNanos(Math.max(0, nanos));
  }
}
