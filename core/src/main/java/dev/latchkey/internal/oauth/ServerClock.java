package dev.latchkey.internal.oauth;

import dev.latchkey.internal.time.Time;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How far the authorization server's clock is ahead of this machine's wall clock, by the {@code
 * Date} header. Stored instants are the server's, so that processes whose clocks differ, or were
 * mended in between, read them alike.
 */
public final class ServerClock {

  /** Less than this is no skew. */
  private static final long NOISE_MILLIS = 2_000;

  /** {@code Date} has whole seconds: the server's clock may have shown this much more. */
  private static final long CUT_OFF_MILLIS = 999;

  private record Seen(long skewMillis, long nanos, long wallMillis) {}

  private final Time time;
  private volatile @Nullable Seen seen;

  public ServerClock(Time time) {
    this.time = time;
  }

  /**
   * Reads the clock off a reply that is the server's own. A captive portal or a proxy answers in
   * its place with a clock that may be wrong, and a server without {@code Date} (Keycloak) would
   * never correct that.
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

  /** Zero as long as nothing is known. */
  public long skewMillis() {
    return skewOr(0);
  }

  /** The skew to read a record with: this process's own if it met the server, else the writer's. */
  public long skewOr(long recorded) {
    Seen last = seen;
    return last == null ? recorded : last.skewMillis() + setBackSince(last);
  }

  /** By how much somebody set the wall clock back since the server was met. */
  private long setBackSince(Seen last) {
    long passed = TimeUnit.NANOSECONDS.toMillis(time.nanos() - last.nanos());
    long back = passed - (time.wallMillis() - last.wallMillis());
    return back < NOISE_MILLIS ? 0 : back;
  }
}
