package dev.latchkey.internal.time;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Moves refreshes and lengthens waits at random, so that a million programs that began or failed
 * together do not go on together. Never shortens a wait, and never moves a refresh nearer to the
 * end of a token than is safe. Thread-safe if its source of random numbers is.
 */
public final class Jitter {

  /** Moves nothing. */
  public static final Jitter NONE = new Jitter(null, 0);

  /** A token of a shorter life, or to be refreshed sooner, is not made for a million programs. */
  private static final Duration MIN_MOVED = Duration.ofMinutes(5);

  private static final Duration MAX_EARLIER = Duration.ofMinutes(10);
  private static final Duration MAX_LATER = Duration.ofMinutes(1);

  private static final Duration MAX_LENGTHENING = Duration.ofMinutes(1);

  /** A token that lives longer after a failed refresh than this is tried again as if it did not. */
  private static final Duration MAX_LEFT = Duration.ofMinutes(10);

  /** The longest pause, of a minute, becomes one of up to five. */
  private static final int REACH = 4;

  private final @Nullable RandomGenerator random;
  private final int reach;

  private Jitter(@Nullable RandomGenerator random, int reach) {
    this.random = random;
    this.reach = reach;
  }

  /** Makes one with the library's own bounds. */
  public static Jitter of(RandomGenerator random) {
    return of(random, REACH);
  }

  /**
   * Makes one with another bound, to compare them.
   *
   * @param reach by how many times itself the longest pause is lengthened at most
   */
  public static Jitter of(RandomGenerator random, int reach) {
    return new Jitter(random, reach);
  }

  /** The same with other random numbers, to move several waits alike; {@link #NONE} stays none. */
  public Jitter with(RandomGenerator other) {
    return random == null ? this : new Jitter(other, reach);
  }

  static Jitter ofThisProcess() {
    return new Jitter(new Random(), REACH);
  }

  /**
   * How much earlier a token is due than it has to be: up to a sixth of its lifetime, at most 10
   * minutes. Later would be at the expense of the time in which an outage of the server harms
   * nobody. A token of less than 5 minutes stays.
   */
  Duration earlier(Duration lifetime) {
    return lifetime.compareTo(MIN_MOVED) < 0
        ? Duration.ZERO
        : part(least(lifetime.dividedBy(6), MAX_EARLIER));
  }

  /**
   * How much later a token is due than the server says: up to a minute, and a tenth of the time
   * until then. Not at all if that is more than a tenth of the time that it lives afterwards, or if
   * the server wants it sooner than after 5 minutes: no server asks that of a million programs.
   *
   * @param refreshIn the age at which the server wants it refreshed
   * @param left the time from then until it expires
   */
  Duration later(Duration refreshIn, Duration left) {
    Duration most = least(refreshIn.dividedBy(10), MAX_LATER);
    boolean soon = refreshIn.compareTo(MIN_MOVED) < 0;
    return soon || most.compareTo(left.dividedBy(10)) > 0 ? Duration.ZERO : part(most);
  }

  /**
   * The wait after a failure for which the server sets none: the pause itself, and up to as much
   * again.
   *
   * @param last whether the pause grows no more and the server itself said that it is busy, so that
   *     no network that comes back is kept waiting: it may become several times as long
   */
  public Duration lengthened(Duration pause, boolean last) {
    return pause.plus(part(last ? pause.multipliedBy(reach) : pause));
  }

  /** The wait for which the server asked, or up to a minute more, but never twice as long. */
  public Duration afterAtLeast(Duration asked) {
    return afterAtLeast(asked, MAX_LENGTHENING);
  }

  /**
   * The same where there is less time to spare.
   *
   * @param spare what may be added at most; a minute counts for more
   */
  public Duration afterAtLeast(Duration asked, Duration spare) {
    return asked.plus(part(least(least(asked, MAX_LENGTHENING), spare)));
  }

  /**
   * The wait after an early refresh that failed. Nobody waits for another one: it is made in the
   * third quarter of the time that the token has left, so that most are made once.
   *
   * @param pause the wait at least
   */
  public Duration early(Duration pause, Duration left) {
    if (random == null) {
      return pause;
    }
    Duration half = least(left, MAX_LEFT).dividedBy(2);
    Duration wait = half.plus(part(half.dividedBy(2)));
    return wait.compareTo(pause) < 0 ? pause : wait;
  }

  private Duration part(Duration most) {
    return random == null
        ? Duration.ZERO
        : Duration.ofMillis((long) (most.toMillis() * random.nextDouble()));
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
