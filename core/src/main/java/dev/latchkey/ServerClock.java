package dev.latchkey;

import dev.latchkey.wire.Reply;
import java.time.Instant;

/**
 * How far the authorization server's clock is ahead of this machine's wall clock, by the {@code
 * Date} header. Stored instants are the server's, so that processes whose clocks differ, or were
 * mended in between, read them alike.
 */
final class ServerClock {

  /** {@code Date} has whole seconds and the answer took its time: less than this is no skew. */
  private static final long NOISE_MILLIS = 2_000;

  private volatile long skewMillis;
  private volatile boolean known;

  void observe(Reply reply, long nowMillis) {
    Instant date = reply.date();
    if (date != null) {
      long skew = date.toEpochMilli() - (reply.sentWallMillis() + nowMillis) / 2;
      skewMillis = Math.abs(skew) < NOISE_MILLIS ? 0 : skew;
      known = true;
    }
  }

  long skewMillis() {
    return skewMillis;
  }

  /** The skew to read a record with: this process's own if it met the server, else the writer's. */
  long skewOr(long recorded) {
    return known ? skewMillis : recorded;
  }
}
