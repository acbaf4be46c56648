package dev.latchkey.internal.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When a token is due for refresh and when it ends, on both clocks of this process: whichever says
 * so first counts, because a monotonic clock may stand still while the machine sleeps, and a wall
 * clock may be set back.
 */
public record TokenLifetime(long dueNanos, long dueMillis, long endNanos, long endMillis) {

  private static final Duration MAX_MARGIN = Duration.ofMinutes(5);

  /** A token that is used up on arrival would be refreshed at every call. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** From what the server said, counted from when the request went out. */
  public static TokenLifetime granted(
      long sentNanos, long sentMillis, Duration expiresIn, @Nullable Duration refreshIn) {
    Duration end = expiresIn.compareTo(SHORTEST) < 0 ? SHORTEST : expiresIn;
    Duration due = dueAfter(end, refreshIn);
    return new TokenLifetime(
        sentNanos + due.toNanos(),
        sentMillis + due.toMillis(),
        sentNanos + end.toNanos(),
        sentMillis + end.toMillis());
  }

  /** From stored instants, already translated to this machine's wall clock. */
  public static TokenLifetime stored(long dueMillis, long endMillis, Time time) {
    long nanos = time.nanos();
    long millis = time.wallMillis();
    return new TokenLifetime(
        nanos + TimeUnit.MILLISECONDS.toNanos(dueMillis - millis),
        dueMillis,
        nanos + TimeUnit.MILLISECONDS.toNanos(endMillis - millis),
        endMillis);
  }

  /** {@code refresh_in} if it makes sense, else min(5 minutes, a fifth) before the end. */
  private static Duration dueAfter(Duration expiresIn, @Nullable Duration refreshIn) {
    if (refreshIn != null && refreshIn.compareTo(expiresIn) < 0) {
      return refreshIn;
    }
    Duration fifth = expiresIn.dividedBy(5);
    return expiresIn.minus(fifth.compareTo(MAX_MARGIN) < 0 ? fifth : MAX_MARGIN);
  }

  /** The same, to be used up before the next refresh. */
  public TokenLifetime dueAtEnd() {
    return new TokenLifetime(endNanos, endMillis, endNanos, endMillis);
  }

  public boolean isFresh(Time time) {
    return time.nanos() - dueNanos < 0 && time.wallMillis() < dueMillis;
  }

  public boolean isAlive(Time time) {
    return time.nanos() - endNanos < 0 && time.wallMillis() < endMillis;
  }

  /** How long it is still alive; not negative. */
  public Duration left(Time time) {
    long nanos =
        Math.min(
            endNanos - time.nanos(), TimeUnit.MILLISECONDS.toNanos(endMillis - time.wallMillis()));
    return Duration.ofNanos(Math.max(0, nanos));
  }
}
