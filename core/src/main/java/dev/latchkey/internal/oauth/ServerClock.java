package dev.latchkey.internal.oauth;

import dev.latchkey.internal.time.Jitter;
import dev.latchkey.internal.time.Time;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Measures by the {@code Date} header how far the authorization server's clock is ahead of this
 * machine's wall clock. Stored instants are the server's, so that processes with different clocks,
 * or with a clock that was corrected in between, read them alike. Thread-safe.
 */
public final class ServerClock {

  /** A smaller difference is not skew. */
  private static final long NOISE_MILLIS = 2_000;

  /** {@code Date} has whole seconds; the server's clock may have been this much ahead of it. */
  private static final long CUT_OFF_MILLIS = 999;

  private record Seen(long skewMillis, long nanos, long wallMillis) {}

  private final Time time;
  private volatile @Nullable Seen seen;

  public ServerClock(Time time) {
    this.time = time;
  }

  /**
   * Reads the clock from a reply, if it is the server's own. A captive portal or a proxy may have a
   * wrong clock, and a server that sends no {@code Date} (Keycloak) would never correct it.
   */
  public void observe(Reply reply) {
    Instant date = reply.date();
    if (date == null || !(reply.ok() || reply.error() != null)) {
      return;
    }
    long nanos = time.nanos();
    long wall = time.wallMillis();
    // The server read its clock at some moment between the request and the reply.
    long took = TimeUnit.NANOSECONDS.toMillis(nanos - reply.sentNanos());
    long least = date.toEpochMilli() - wall;
    long most = least + CUT_OFF_MILLIS + took;
    boolean maybeNone = least <= NOISE_MILLIS && most >= -NOISE_MILLIS;
    seen = new Seen(maybeNone ? 0 : (least + most) / 2, nanos, wall);
  }

  /** By how much a refresh at this server is put off at random. */
  public Jitter jitter() {
    return time.jitter();
  }

  /** The skew in milliseconds; zero if it is not known. */
  public long skewMillis() {
    return skewOr(0);
  }

  /** The measured skew, or the one that a record's writer knew if none is measured yet. */
  public long skewOr(long recorded) {
    Seen last = seen;
    return last == null ? recorded : last.skewMillis() + setBackSince(last);
  }

  /**
   * The server's time, as far as it is known.
   *
   * @param recordedSkew the skew that counts if none is measured yet
   */
  public Instant now(long recordedSkew) {
    return Instant.ofEpochMilli(time.wallMillis() + skewOr(recordedSkew));
  }

  /** By how much the wall clock was set back since the measurement. */
  private long setBackSince(Seen last) {
    long passed = TimeUnit.NANOSECONDS.toMillis(time.nanos() - last.nanos());
    long back = passed - (time.wallMillis() - last.wallMillis());
    return back < NOISE_MILLIS ? 0 : back;
  }
}
