package dev.latchkey.testkit.internal.graph.call;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a test can set. Read at each request. */
public final class GraphSettings {

  /** What the {@code RateLimit-…} headers say. */
  public record RateLimit(int limit, int remaining, int resetSeconds) {}

  /** How many items a page holds at most, where the client asks for more or for no number. */
  public volatile int pageSize = 200;

  /** Whether {@code @odata.nextLink} stands before {@code value}. */
  public volatile boolean linksFirst;

  /** Scheme, host and port of {@code nextLink} and {@code deltaLink}; null for Graph's own. */
  public volatile @Nullable String linkOrigin;

  /** Whether {@code Location} is a path of Graph's own host. */
  public volatile boolean relativeLocations;

  /** Whether downloads answer 200 with all bytes, whatever {@code Range} says. */
  public volatile boolean ignoreRanges;

  /** Whether the bytes of a slice that was cut off count, as OneDrive may do. */
  public volatile boolean keepPartialSlices;

  /** The {@code RateLimit-…} headers of every answer; null for none. */
  public volatile @Nullable RateLimit rateLimit;

  /** What a stale {@code If-Match} is answered by Planner: 412, or 409. */
  public volatile int staleTask = 412;

  /** The challenges in place of the usual one; empty for the usual one. */
  public volatile List<String> challenges = List.of();

  /** The status of a challenge for claims: 401, or 403. */
  public volatile int challengeStatus = 401;
}
