package dev.latchkey.testkit.internal.graph.call;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The settings of Graph. Handlers read them at each request. */
public final class GraphSettings {

  /** The values of the {@code RateLimit-…} headers. */
  public record RateLimit(int limit, int remaining, int resetSeconds) {}

  /** How many items a page has at most, even if the client requests more. */
  public volatile int pageSize = 200;

  /** Whether {@code @odata.nextLink} comes before {@code value}. */
  public volatile boolean linksFirst;

  /** Scheme, host and port of {@code nextLink} and {@code deltaLink}; null for Graph's own. */
  public volatile @Nullable String linkOrigin;

  /** Whether {@code Location} is a path on Graph's own host. */
  public volatile boolean relativeLocations;

  /** Whether downloads ignore {@code Range} and answer 200 with all bytes. */
  public volatile boolean ignoreRanges;

  /** Whether the bytes of a slice whose connection breaks are kept, as seen at OneDrive. */
  public volatile boolean keepPartialSlices;

  /** The {@code RateLimit-…} headers of every answer; null for none. */
  public volatile @Nullable RateLimit rateLimit;

  /** How Planner answers a stale {@code If-Match}: 412 or 409. */
  public volatile int staleTask = 412;

  /** The challenges in place of the usual one; empty for the usual one. */
  public volatile List<String> challenges = List.of();

  /** The status of a claims challenge: 401 or 403. */
  public volatile int challengeStatus = 401;
}
