package dev.latchkey.testkit.internal.graph;

import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.internal.grant.Requirements;
import dev.latchkey.testkit.internal.graph.call.Caller;
import dev.latchkey.testkit.internal.graph.call.ErrorAnswers;
import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import dev.latchkey.testkit.internal.graph.call.GraphRoutes;
import dev.latchkey.testkit.internal.graph.call.GraphSettings;
import dev.latchkey.testkit.internal.graph.call.Throttle;
import dev.latchkey.testkit.internal.graph.drive.DeltaHandler;
import dev.latchkey.testkit.internal.graph.drive.DownloadLinks;
import dev.latchkey.testkit.internal.graph.drive.DriveAccess;
import dev.latchkey.testkit.internal.graph.drive.DriveHandler;
import dev.latchkey.testkit.internal.graph.drive.SiteHandler;
import dev.latchkey.testkit.internal.graph.drive.StoredDrives;
import dev.latchkey.testkit.internal.graph.file.FileHandler;
import dev.latchkey.testkit.internal.graph.file.Storage;
import dev.latchkey.testkit.internal.graph.file.TemporaryFiles;
import dev.latchkey.testkit.internal.graph.file.Uploads;
import dev.latchkey.testkit.internal.graph.mail.MailHandler;
import dev.latchkey.testkit.internal.graph.mail.SendHandler;
import dev.latchkey.testkit.internal.graph.mail.StoredMailboxes;
import dev.latchkey.testkit.internal.graph.planner.PlannerHandler;
import dev.latchkey.testkit.internal.graph.planner.StoredPlans;
import dev.latchkey.testkit.internal.graph.team.StoredTeams;
import dev.latchkey.testkit.internal.graph.team.TeamHandler;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import dev.latchkey.testkit.internal.http.Request;
import dev.latchkey.testkit.internal.oauth.Services;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The fake Microsoft Graph. It shares the port, the users and the tokens of the authorization
 * server; its storage has a port of its own. Thread-safe.
 */
public final class GraphService implements AutoCloseable {

  /** The path above all calls. */
  public static final String VERSION = "/v1.0";

  public final GraphSettings settings = new GraphSettings();
  public final Throttle throttle = new Throttle();
  public final Requirements requirements = new Requirements();
  public final StoredDrives drives;
  public final StoredTeams teams;
  public final StoredPlans plans;
  public final StoredMailboxes mailboxes;
  public final Uploads uploads;
  private final TemporaryFiles files = new TemporaryFiles();
  private final Services services;
  private final GraphTokens tokens;
  private final StorageHost storageHost;
  private final GraphRoutes routes;

  public GraphService(Services services) {
    this.services = services;
    var clock = services.clock;
    var secrets = services.secrets;
    drives = new StoredDrives(clock);
    teams = new StoredTeams(clock);
    plans = new StoredPlans(clock);
    mailboxes =
        new StoredMailboxes(address -> GraphTokens.find(services.directory, address), clock);
    tokens = new GraphTokens(services.bearerCheck, requirements, settings);
    Supplier<String> newSecret = () -> secrets.token("fake-tempauth.");
    Supplier<String> storageOrigin = this::storageOrigin;
    uploads = new Uploads(files, newSecret, clock);
    var links = new DownloadLinks(newSecret.get(), storageOrigin, secrets::remember, clock);
    var storage = new Storage(drives, uploads, links, settings);
    storageHost = new StorageHost(services, request -> storage.answer(request, false));
    var access = new DriveAccess(drives, teams);
    routes =
        new GraphRoutes(
            Stream.of(
                    new MeHandler().routes(),
                    new DriveHandler(access, links).routes(),
                    new FileHandler(access, links, uploads, storageOrigin).routes(),
                    new DeltaHandler(access).routes(),
                    new SiteHandler(drives).routes(),
                    new TeamHandler(teams).routes(),
                    new PlannerHandler(plans).routes(),
                    new MailHandler(mailboxes).routes(),
                    new SendHandler(mailboxes).routes(),
                    new BatchHandler(this::answerPart).routes())
                .flatMap(List::stream)
                .toList(),
            settings);
    services.router.mount(
        "/v1\\.0(/.*)?", Endpoint.GRAPH, request -> answer(request, () -> tokens.check(request)));
    StorageHost.mount(services.router, request -> storage.answer(request, true));
  }

  public String storageOrigin() {
    return storageHost.baseUrl();
  }

  /**
   * Answers a request; errors are answers, too.
   *
   * @param caller returns the caller, or throws a {@link GraphFailure}
   */
  private HttpAnswer answer(Request request, Supplier<Caller> caller) {
    String requestId = UUID.randomUUID().toString();
    String sent = request.header("client-request-id");
    String clientRequestId = sent == null ? requestId : sent;
    HttpAnswer answer;
    try {
      Caller known = caller.get();
      if (!request.captured().equals(BatchHandler.PATH)) {
        throttle.check(request);
      }
      answer = routes.answer(request, known);
    } catch (GraphFailure failure) {
      answer = ErrorAnswers.ofGraph(failure, services.clock.instant(), requestId, clientRequestId);
    }
    return withRateLimit(answer)
        .with("request-id", requestId)
        .with("client-request-id", clientRequestId);
  }

  /** The requests in a batch are throttled one by one, and the batch itself never. */
  private HttpAnswer answerPart(Request request, Caller caller) {
    return answer(
        request,
        () -> {
          if (request.captured().equals(BatchHandler.PATH)) {
            throw GraphFailure.badRequest("A batch must not contain a batch.");
          }
          return caller;
        });
  }

  private HttpAnswer withRateLimit(HttpAnswer answer) {
    GraphSettings.RateLimit limit = settings.rateLimit;
    return limit == null
        ? answer
        : answer
            .with("RateLimit-Limit", Integer.toString(limit.limit()))
            .with("RateLimit-Remaining", Integer.toString(limit.remaining()))
            .with("RateLimit-Reset", Integer.toString(limit.resetSeconds()));
  }

  @Override
  public void close() {
    storageHost.close();
    files.close();
  }
}
