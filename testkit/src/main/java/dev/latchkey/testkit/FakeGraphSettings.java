package dev.latchkey.testkit;

import dev.latchkey.testkit.internal.graph.call.GraphSettings;
import dev.latchkey.testkit.internal.graph.call.GraphSettings.RateLimit;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link FakeGraph} answers, where Graph may answer in more than one way. A change takes
 * effect with the next request. What goes wrong once or twice is a {@link Fault} instead.
 * Thread-safe.
 *
 * <pre>{@code
 * server.graph().settings().pageSize(2).linksBeforeValue(true);
 * }</pre>
 */
public final class FakeGraphSettings {

  private final GraphSettings settings;

  FakeGraphSettings(GraphSettings settings) {
    this.settings = settings;
  }

  /**
   * Sets how many items a page has at most. Default 200. Where Graph's own default is lower, as for
   * mail, the lower one applies.
   *
   * @param items one or more
   * @return this
   * @throws IllegalArgumentException if it is less than one
   */
  public FakeGraphSettings pageSize(int items) {
    if (items < 1) {
      throw new IllegalArgumentException("A page has at least one item, not " + items);
    }
    settings.pageSize = items;
    return this;
  }

  /**
   * Sets whether {@code @odata.nextLink} and {@code @odata.deltaLink} come before {@code value}.
   * Default false. Graph does both.
   *
   * @param first true to have them before
   * @return this
   */
  public FakeGraphSettings linksBeforeValue(boolean first) {
    settings.linksFirst = first;
    return this;
  }

  /**
   * Sets the host of {@code nextLink} and {@code deltaLink}, to test whether the app sends its
   * token to a foreign host. {@link FakeGraph#storageUrl()} is a host that refuses the token and
   * records it.
   *
   * @param origin scheme, host and port; null, the default, for Graph's own
   * @return this
   */
  public FakeGraphSettings linksTo(@Nullable URI origin) {
    settings.linkOrigin = origin == null ? null : origin.toString();
    return this;
  }

  /**
   * Sets whether the {@code Location} of a download or a 410 is a path without a host (RFC 9110
   * §10.2.2). Downloads then come from Graph's own port. Default false.
   *
   * @param relative true for paths
   * @return this
   */
  public FakeGraphSettings relativeLocations(boolean relative) {
    settings.relativeLocations = relative;
    return this;
  }

  /**
   * Sets whether download URLs ignore {@code Range} and answer 200 with the whole file, which is
   * permitted. Default false.
   *
   * @param ignore true to send the whole file
   * @return this
   */
  public FakeGraphSettings ignoreRanges(boolean ignore) {
    settings.ignoreRanges = ignore;
    return this;
  }

  /**
   * Sets whether the storage keeps the bytes of a slice whose connection breaks. The next expected
   * range then begins inside that slice, as seen at OneDrive. Default false.
   *
   * @param keep true to keep them
   * @return this
   */
  public FakeGraphSettings keepPartialSlices(boolean keep) {
    settings.keepPartialSlices = keep;
    return this;
  }

  /**
   * Sends the headers {@code RateLimit-Limit}, {@code RateLimit-Remaining} and {@code
   * RateLimit-Reset} with every answer, as SharePoint does. Default none.
   *
   * @param limit requests per window
   * @param remaining requests left in this window
   * @param resetSeconds seconds until the next window
   * @return this
   */
  public FakeGraphSettings rateLimit(int limit, int remaining, int resetSeconds) {
    settings.rateLimit = new RateLimit(limit, remaining, resetSeconds);
    return this;
  }

  /**
   * Sets what a claims challenge looks like. {@link FakeGraph#requireClaims} and {@link
   * FakeServerPeople#challengeClaims} say which tokens are challenged.
   *
   * @param status 401, the default, or 403
   * @param wwwAuthenticate the headers, sent as they are; none, the default, for the usual one
   * @return this
   */
  public FakeGraphSettings challengeForm(int status, String... wwwAuthenticate) {
    settings.challengeStatus = status;
    settings.challenges = List.of(wwwAuthenticate);
    return this;
  }

  /**
   * Sets how Planner answers an {@code If-Match} that is not current.
   *
   * @param status 412, the default, or 409
   * @return this
   */
  public FakeGraphSettings staleTaskStatus(int status) {
    settings.staleTask = status;
    return this;
  }
}
