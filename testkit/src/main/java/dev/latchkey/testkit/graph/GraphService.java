package dev.latchkey.testkit.graph;

import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Microsoft Graph, but for the wire: takes requests and gives answers. Thread-safe. */
public final class GraphService implements AutoCloseable {

  private final GraphSettings settings = new GraphSettings();
  private final Throttle throttle = new Throttle();
  private final TemporaryFiles files = new TemporaryFiles();
  private final InstantSource clock;
  private final World world;
  private final Uploads uploads;
  private final Storage storage;
  private final Routes routes;

  /** What Graph needs of the server that it stands on. */
  public interface Host {

    /** {@return scheme, host and port of the storage} */
    String storageOrigin();

    /** {@return a fresh secret} */
    String newSecret();

    /** {@return the same, remembered as a secret} */
    String remember(String secret);
  }

  /** A Graph that knows this world. */
  public GraphService(World world, Host host) {
    this.world = world;
    this.clock = world.clock;
    Supplier<String> origin = host::storageOrigin;
    UnaryOperator<String> remember = host::remember;
    Links links = new Links(host.newSecret(), origin, remember, clock);
    uploads = new Uploads(files, host::newSecret, clock);
    storage = new Storage(world, uploads, links, settings);
    Drives drives = new Drives(world);
    routes =
        new Routes(
            Stream.of(
                    new MeHandler().routes(),
                    new DriveHandler(drives, links).routes(),
                    new FileHandler(drives, links, uploads, origin).routes(),
                    new DeltaHandler(drives).routes(),
                    new SiteHandler(world).routes(),
                    new TeamHandler(world).routes(),
                    new PlannerHandler(world.planner()).routes(),
                    new MailHandler(world).routes(),
                    new SendHandler(world).routes(),
                    new BatchHandler(this::answerPart).routes())
                .flatMap(List::stream)
                .toList(),
            settings);
  }

  /** {@return what it knows} */
  public World world() {
    return world;
  }

  /** {@return what can be set} */
  public GraphSettings settings() {
    return settings;
  }

  /** {@return what throttles it} */
  public Throttle throttle() {
    return throttle;
  }

  /** {@return the other host} */
  public Storage storage() {
    return storage;
  }

  /** Forgets all upload sessions that are under way. */
  public void forgetUploads() {
    uploads.forgetAll();
  }

  /** {@return how many upload sessions are under way} */
  public int uploads() {
    return uploads.count();
  }

  /**
   * Answers a request, errors included.
   *
   * @param caller says who makes it, or throws {@link GraphFailure}
   */
  public GraphAnswer answer(GraphRequest request, Supplier<Caller> caller) {
    String requestId = UUID.randomUUID().toString();
    String sent = request.header("client-request-id");
    String clientRequestId = sent == null ? requestId : sent;
    GraphAnswer answer;
    try {
      Caller known = caller.get();
      if (!request.path().equals(BatchHandler.PATH)) {
        throttle.check(request);
      }
      answer = routes.answer(request, known);
    } catch (GraphFailure failure) {
      answer = Errors.ofGraph(failure, clock.instant(), requestId, clientRequestId);
    }
    return withRateLimit(answer)
        .with("request-id", requestId)
        .with("client-request-id", clientRequestId);
  }

  /** The parts of a batch are throttled each by itself, and the batch as such never. */
  private GraphAnswer answerPart(GraphRequest request, Caller caller) {
    return answer(
        request,
        () -> {
          if (request.path().equals(BatchHandler.PATH)) {
            throw GraphFailure.badRequest("A batch must not contain a batch.");
          }
          return caller;
        });
  }

  private GraphAnswer withRateLimit(GraphAnswer answer) {
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
    files.close();
  }
}
