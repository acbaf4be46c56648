package dev.latchkey.testkit;

import dev.latchkey.testkit.internal.graph.GraphService;
import dev.latchkey.testkit.internal.graph.GraphTokens;
import dev.latchkey.testkit.internal.graph.call.GraphUser;
import dev.latchkey.testkit.internal.oauth.Services;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A fake Microsoft Graph for tests: drives, sites, teams, tasks and mail of the users of a {@link
 * FakeAuthorizationServer}, on the same port and with the same access tokens. It refuses what Graph
 * refuses: expired tokens, tokens for another resource, missing scopes, slices of a wrong size or
 * out of order, changes without a current ETag, a token sent to a pre-authenticated URL.
 *
 * <p>To test an app that works with Graph, sign a user in, let the app do its work, and check the
 * result:
 *
 * <pre>{@code
 * try (var server = FakeAuthorizationServer.builder().start()) {
 *   server.approveEvery("adele@contoso.example");
 *   FakeDrive drive = server.graph().drive("adele@contoso.example");
 *   drive.addFile("Reports/may.txt", "as usual");
 *   drive.addGeneratedFile("Reports/scan.tiff", 200L << 20);
 *   var app = new ReportApp(server.baseUrl(), server.graph().url());   // yours
 *
 *   server.graph().throttle(1, "2");                        // 429, Retry-After: 2
 *   server.fail(Fault.drop().onRequest(3).to(Endpoint.UPLOAD));
 *   app.archive("Reports", "Archive/2026");
 *
 *   assertEquals("as usual", drive.fileText("Archive/2026/may.txt"));
 *   assertEquals(drive.sha256("Reports/scan.tiff"), drive.sha256("Archive/2026/scan.tiff"));
 *   assertEquals(List.of(), server.graph().leaks());        // no token sent to storage
 * }
 * }</pre>
 *
 * <p>{@link FakeAuthorizationServer#fail} injects faults here, too: with {@link Endpoint#GRAPH},
 * {@link Endpoint#UPLOAD}, {@link Endpoint#DOWNLOAD} or {@link Fault#to(String, String)}. {@link
 * #settings()} changes how Graph answers.
 *
 * <p>The fake implements {@code /me}, {@code /me/drive}, {@code /drives/{id}}, {@code
 * /sites/…/drive} and {@code /groups/{team}/drive} with items, children, content, upload sessions,
 * delta and search; {@code /me/joinedTeams}, {@code /teams/{id}/channels} with messages and
 * replies; {@code /me/planner/tasks}, {@code /planner/plans/{id}/tasks}, {@code /planner/tasks};
 * {@code /me/messages}, {@code /me/mailFolders}, {@code /me/sendMail}; and {@code /$batch}. Like
 * Graph, it answers any other path with 400.
 *
 * <p>Thread-safe. No method blocks.
 */
public final class FakeGraph {

  private final URI server;
  private final Services services;
  private final GraphService service;
  private final FakeGraphSettings settings;

  FakeGraph(URI server, Services services, GraphService service) {
    this.server = server;
    this.services = services;
    this.service = service;
    this.settings = new FakeGraphSettings(service.settings);
  }

  /**
   * How Graph answers: page sizes, links, ranges, challenges and more. A change takes effect with
   * the next request.
   *
   * @return always the same settings
   */
  public FakeGraphSettings settings() {
    return settings;
  }

  /** {@return the base URL of all calls; it ends in {@code /v1.0}} */
  public URI url() {
    return URI.create(server + GraphService.VERSION);
  }

  /**
   * The host of upload and download URLs, on another port than Graph. The URLs are secrets that
   * need no token; the host refuses a request with an {@code Authorization} header.
   *
   * @return scheme, host and port
   */
  public URI storageUrl() {
    return URI.create(service.storageOrigin());
  }

  /**
   * A user's own drive.
   *
   * @param username the user
   * @return the drive, empty at first
   * @throws IllegalArgumentException if there is no such user
   */
  public FakeDrive drive(String username) {
    return new FakeDrive(service.drives.of(user(username)));
  }

  /**
   * A user's mail.
   *
   * @param username the user
   * @return the mailbox, empty at first
   * @throws IllegalArgumentException if there is no such user
   */
  public FakeMailbox mailbox(String username) {
    return new FakeMailbox(service.mailboxes.of(user(username)));
  }

  /**
   * Adds a SharePoint site. All users with a work account may read and write it.
   *
   * @param siteHost for example {@code contoso.sharepoint.com}
   * @param path the path on that host, for example {@code /sites/marketing}
   * @return the site's documents
   */
  public FakeDrive addSite(String siteHost, String path) {
    return new FakeDrive(service.drives.addSite(siteHost, path));
  }

  /**
   * Adds a team with one channel, {@code General}.
   *
   * @param name the display name
   * @param usernames its members; nobody else sees the team
   * @return the team
   * @throws IllegalArgumentException if there is no such user
   */
  public FakeTeam addTeam(String name, String... usernames) {
    List<GraphUser> members = Stream.of(usernames).map(this::user).toList();
    return new FakeTeam(service, service.teams.add(name, members), this::user);
  }

  private GraphUser user(String username) {
    return GraphTokens.user(services.directory.user(username));
  }

  /**
   * Answers the next requests with 429, without acting on them. Requests in a batch are throttled
   * one by one, and the batch itself never. For upload URLs and for other statuses, use a {@link
   * Fault}.
   *
   * @param requests how many; 0 ends the throttling
   * @param retryAfter the {@code Retry-After} header, sent as it is: seconds, a date or an invalid
   *     value; null sends none
   */
  public void throttle(int requests, @Nullable String retryAfter) {
    throttle(requests, retryAfter, "");
  }

  /**
   * Like {@link #throttle(int, String)}, for some paths only.
   *
   * @param requests how many; 0 ends the throttling
   * @param retryAfter the {@code Retry-After} header, or null
   * @param path a regular expression that must match somewhere in the path below {@code /v1.0}
   */
  public void throttle(int requests, @Nullable String retryAfter, String path) {
    service.throttle.next(requests, retryAfter, path);
  }

  /**
   * Makes Graph, and no other resource, challenge each access token that was requested without
   * these claims: 401 with {@code insufficient_claims}. A refresh with the claims suffices; to
   * require a sign-in, use {@link FakeServerPeople#requireClaims}.
   *
   * @param json what the {@code claims} parameter must contain; it may contain more
   * @throws IllegalArgumentException if it is not a JSON object
   */
  public void requireClaims(String json) {
    service.requirements.add(json, false);
  }

  /** Lifts all requirements of {@link #requireClaims}. */
  public void requireNoClaims() {
    service.requirements.clear();
  }

  /**
   * Expires the delta links of all drives, and their next links: 410 with a {@code Location} to
   * start again.
   *
   * @see FakeDrive#expireDeltaTokens(String)
   */
  public void expireDeltaTokens() {
    service.drives.all().forEach(drive -> new FakeDrive(drive).expireDeltaTokens());
  }

  /** Discards all open upload sessions: their URLs are answered 404. */
  public void forgetUploadSessions() {
    service.uploads.forgetAll();
  }

  /** {@return how many upload sessions are open} */
  public int uploadSessions() {
    return service.uploads.count();
  }

  /**
   * The requests to Graph, to upload URLs and to download URLs. Requests inside a batch are not
   * included.
   *
   * @return those so far, oldest first
   */
  public List<RecordedRequest> requests() {
    return services.log.matching(
        request ->
            switch (request.endpoint()) {
              case GRAPH, UPLOAD, DOWNLOAD -> true;
              default -> false;
            });
  }

  /**
   * The requests of one method to some paths.
   *
   * @param method the HTTP method, in capitals
   * @param path a regular expression that must match somewhere in the path, which has neither host
   *     nor query
   * @return those so far, oldest first
   */
  public List<RecordedRequest> requests(String method, String path) {
    var pattern = Pattern.compile(path);
    return requests().stream()
        .filter(request -> request.method().equals(method))
        .filter(request -> pattern.matcher(request.path()).find())
        .toList();
  }

  /** {@return the requests that wrongly sent a token to the storage} */
  public List<RecordedRequest> leaks() {
    int port = server.getPort();
    return services.log.matching(request -> request.isAuthorized() && request.port() != port);
  }
}
