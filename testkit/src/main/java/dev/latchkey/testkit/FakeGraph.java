package dev.latchkey.testkit;

import dev.latchkey.testkit.graph.Person;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Microsoft Graph for tests: drives, sites, teams, tasks and mail of the users of a {@link
 * FakeAuthorizationServer}, on the same port and with the same access tokens. It refuses what Graph
 * refuses: expired tokens and those for another resource, missing scopes, slices of a wrong size or
 * out of order, changes without a current ETag, a token on a pre-authenticated URL.
 *
 * <p>To test an app that works with Graph, sign somebody in, let the app do its work, and look what
 * came of it:
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
 *   assertEquals(List.of(), server.graph().leaks());        // no token at a foreign host
 * }
 * }</pre>
 *
 * <p>What goes wrong is said by {@link FakeAuthorizationServer#fail}, with {@link Endpoint#GRAPH},
 * {@link Endpoint#UPLOAD}, {@link Endpoint#DOWNLOAD} or {@link Fault#to(String, String)}; by {@link
 * FakeAuthorizationServer#expireAccessTokens} and its like; and by the methods here.
 *
 * <p>There are {@code /me}, {@code /me/drive}, {@code /drives/{id}}, {@code /sites/…/drive} and
 * {@code /groups/{team}/drive} with items, children, content, upload sessions, delta and search;
 * {@code /me/joinedTeams}, {@code /teams/{id}/channels} with messages and replies; {@code
 * /me/planner/tasks}, {@code /planner/plans/{id}/tasks}, {@code /planner/tasks}; {@code
 * /me/messages}, {@code /me/mailFolders}, {@code /me/sendMail}; and {@code /$batch}. Anything else
 * is answered as Graph answers a path that it does not know, with 400.
 *
 * <p>Thread-safe. No method blocks.
 */
public final class FakeGraph extends FakeGraphSettings {

  private final URI server;
  private final Services services;
  private final GraphHost host;
  private final Requirements claims;

  FakeGraph(URI server, Services services, GraphHost host, Requirements claims) {
    super(host.graph);
    this.server = server;
    this.services = services;
    this.host = host;
    this.claims = claims;
  }

  @Override
  FakeGraph self() {
    return this;
  }

  /** {@return the base URL of all calls, which ends in {@code /v1.0}} */
  public URI url() {
    return URI.create(server + GraphHost.VERSION);
  }

  /**
   * The host of upload and download URLs, which are on another port than Graph. They are secrets
   * that need no token, and a request there that has an {@code Authorization} header is refused.
   *
   * @return scheme, host and port
   */
  public URI storageUrl() {
    return URI.create(host.storageOrigin());
  }

  /**
   * Somebody's own drive.
   *
   * @param username whose
   * @return the drive, empty at first
   * @throws IllegalArgumentException if there is no such user
   */
  public FakeDrive drive(String username) {
    return new FakeDrive(service.world().driveOf(person(username)));
  }

  /**
   * Somebody's mail.
   *
   * @param username whose
   * @return the mailbox, empty at first
   * @throws IllegalArgumentException if there is no such user
   */
  public FakeMailbox mailbox(String username) {
    return new FakeMailbox(service.world().mailboxOf(person(username)));
  }

  /**
   * Adds a SharePoint site, which everybody with a work account may read and write.
   *
   * @param siteHost for example {@code contoso.sharepoint.com}
   * @param path from there, for example {@code /sites/marketing}
   * @return its documents
   */
  public FakeDrive addSite(String siteHost, String path) {
    return new FakeDrive(service.world().driveOf(service.world().addSite(siteHost, path)));
  }

  /**
   * Adds a team with one channel, {@code General}.
   *
   * @param name what people call it
   * @param usernames its members, who alone see it
   * @return the team
   * @throws IllegalArgumentException if there is no such user
   */
  public FakeTeam addTeam(String name, String... usernames) {
    List<Person> members = Stream.of(usernames).map(this::person).toList();
    return new FakeTeam(service.world(), service.world().addTeam(name, members), this::person);
  }

  private Person person(String username) {
    return GraphTokens.person(services.directory.user(username));
  }

  /**
   * Challenges, at Graph alone, every access token that was not asked for with these claims: 401
   * with {@code insufficient_claims}. A refresh with the claims is enough; where it must be a
   * sign-in, take {@link FakeAuthorizationServer#requireClaims}.
   *
   * @param json what the {@code claims} parameter must contain, among other things or not
   * @throws IllegalArgumentException if it is no JSON object
   */
  public void requireClaims(String json) {
    claims.add(json, false);
  }

  /** Requires no claims any more, at Graph. */
  public void requireNoClaims() {
    claims.clear();
  }

  /**
   * Makes all delta links and their next links of all drives too old: 410, with a {@code Location}
   * where to start again.
   *
   * @see FakeDrive#expireDeltaTokens(String)
   */
  public void expireDeltaTokens() {
    service.world().drives().forEach(drive -> new FakeDrive(drive).expireDeltaTokens());
  }

  /** Forgets all upload sessions that are under way: their URLs are answered 404. */
  public void forgetUploadSessions() {
    service.forgetUploads();
  }

  /** {@return how many upload sessions are under way} */
  public int uploadSessions() {
    return service.uploads();
  }

  /**
   * Requests to Graph, its upload and its download URLs. Those inside a batch are not among them.
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
   * Requests of one method to some paths.
   *
   * @param method the HTTP method, in capitals
   * @param path a regular expression that is found somewhere in the path, which has neither host
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

  /** {@return the requests that carried a token to the storage, which must have none} */
  public List<RecordedRequest> leaks() {
    int port = server.getPort();
    return services.log.matching(request -> request.isAuthorized() && request.port() != port);
  }
}
