package dev.latchkey.testkit;

import dev.latchkey.testkit.graph.GraphService;
import dev.latchkey.testkit.graph.GraphSettings;
import dev.latchkey.testkit.graph.GraphSettings.RateLimit;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * In which of the ways that Graph knows the fake one answers. A change counts from the next request
 * on. What goes wrong once or twice is a {@link Fault}; what may come at any time is set here.
 */
public abstract sealed class FakeGraphSettings permits FakeGraph {

  final GraphService service;
  private final GraphSettings settings;

  FakeGraphSettings(GraphService service) {
    this.service = service;
    this.settings = service.settings();
  }

  abstract FakeGraph self();

  /**
   * Sets how many items a page holds at most. Default 200; where Graph's own default is less, as
   * with mail, that stays.
   *
   * @param items one or more
   * @return this
   */
  public FakeGraph pageSize(int items) {
    if (items < 1) {
      throw new IllegalArgumentException("A page holds at least one item, not " + items);
    }
    settings.pageSize = items;
    return self();
  }

  /**
   * Sets whether {@code @odata.nextLink} and {@code @odata.deltaLink} stand before {@code value}.
   * Default false. Graph does both.
   *
   * @param first true to have them before
   * @return this
   */
  public FakeGraph linksBeforeValue(boolean first) {
    settings.linksFirst = first;
    return self();
  }

  /**
   * Lets {@code nextLink} and {@code deltaLink} point to another host, to see whether the app sends
   * its token there. {@link FakeGraph#storageUrl()} is one that refuses and records the token.
   *
   * @param origin scheme, host and port; null, the default, for Graph's own
   * @return this
   */
  public FakeGraph linksTo(@Nullable URI origin) {
    settings.linkOrigin = origin == null ? null : origin.toString();
    return self();
  }

  /**
   * Sets whether {@code Location}, of a download and of a 410, is a path without a host (RFC 9110
   * §10.2.2). Downloads then come from Graph's own port. Default false.
   *
   * @param relative true for paths
   * @return this
   */
  public FakeGraph relativeLocations(boolean relative) {
    settings.relativeLocations = relative;
    return self();
  }

  /**
   * Sets whether download URLs answer 200 with the whole file although {@code Range} asks for a
   * part, as they may. Default false.
   *
   * @param ignore true to send the whole file
   * @return this
   */
  public FakeGraph ignoreRanges(boolean ignore) {
    settings.ignoreRanges = ignore;
    return self();
  }

  /**
   * Sets whether the bytes of a slice whose connection breaks are kept, so that the next expected
   * range begins where no slice began. OneDrive was seen to do so. Default false.
   *
   * @param keep true to keep them
   * @return this
   */
  public FakeGraph keepPartialSlices(boolean keep) {
    settings.keepPartialSlices = keep;
    return self();
  }

  /**
   * Sends the headers {@code RateLimit-Limit}, {@code RateLimit-Remaining} and {@code
   * RateLimit-Reset} with every answer, as SharePoint does.
   *
   * @param limit requests in a window
   * @param remaining requests left in it
   * @param resetSeconds when the next begins
   * @return this
   */
  public FakeGraph rateLimit(int limit, int remaining, int resetSeconds) {
    settings.rateLimit = new RateLimit(limit, remaining, resetSeconds);
    return self();
  }

  /**
   * Answers the next requests with 429, without acting on them. Requests inside a batch are
   * throttled each by itself, and the batch as such never. For upload URLs, and for other statuses,
   * take a {@link Fault}.
   *
   * @param requests how many; 0 to throttle no more
   * @param retryAfter the {@code Retry-After} as it is sent: seconds, a date, or nonsense; null to
   *     send none
   * @return this
   */
  public FakeGraph throttle(int requests, @Nullable String retryAfter) {
    return throttle(requests, retryAfter, "");
  }

  /**
   * As {@link #throttle(int, String)}, but only requests to some paths.
   *
   * @param requests how many
   * @param retryAfter the {@code Retry-After} as it is sent, or null
   * @param path a regular expression that is found somewhere in the path after {@code /v1.0}
   * @return this
   */
  public FakeGraph throttle(int requests, @Nullable String retryAfter, String path) {
    service.throttle().next(requests, retryAfter, path);
    return self();
  }

  /**
   * Sets what a challenge for claims looks like; what is challenged is said by {@link
   * FakeGraph#requireClaims} and {@link FakeAuthorizationServer#challengeClaims}.
   *
   * @param status 401, the default, or 403
   * @param wwwAuthenticate the headers, as they are sent; none for the usual one
   * @return this
   */
  public FakeGraph challengeForm(int status, String... wwwAuthenticate) {
    settings.challengeStatus = status;
    settings.challenges = List.of(wwwAuthenticate);
    return self();
  }

  /**
   * Sets how Planner answers an {@code If-Match} that is not current.
   *
   * @param status 412, the default, or 409
   * @return this
   */
  public FakeGraph staleTaskStatus(int status) {
    settings.staleTask = status;
    return self();
  }
}
