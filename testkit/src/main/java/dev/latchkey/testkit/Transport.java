package dev.latchkey.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's HTTP server on loopback: reads requests, keeps the log, lets the faults befall them.
 */
final class Transport {

  static {
    // Without it the server of JDK 17 sends headers and body in two packets, the second 40 ms late.
    setUnlessSet("sun.net.httpserver.nodelay", "true");
    // Of more than 200 idle connections it closes some just when clients send on them.
    setUnlessSet("sun.net.httpserver.maxIdleConnections", "20000");
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static final String ADDRESS = "127.0.0.1";
  private static final int BACKLOG = 1024;
  private static final int THREADS = 32;
  private static final int MAX_BODY = 64 << 20;
  private static final Logger LOG = System.getLogger("dev.latchkey.testkit");

  private final HttpServer server;
  private final ExecutorService executor = daemonThreads();
  private final Router router;
  private final Faults faults;
  private final RequestLog log;
  private final ServerClock clock;
  private final boolean streaming;
  private final long startedNanos;

  /**
   * Takes the port.
   *
   * @param streaming whether the handlers read the bodies themselves, however large
   */
  Transport(
      int port, Router router, Faults faults, RequestLog log, ServerClock clock, boolean streaming)
      throws IOException {
    this.router = router;
    this.faults = faults;
    this.log = log;
    this.clock = clock;
    this.streaming = streaming;
    this.startedNanos = clock.nanoTime();
    server = HttpServer.create(new InetSocketAddress(loopback(), port), BACKLOG);
    server.setExecutor(executor);
    server.createContext("/", this::handle);
  }

  /** Not getLoopbackAddress(): it may be ::1, and the URL says otherwise. */
  private static InetAddress loopback() throws UnknownHostException {
    return InetAddress.getByAddress(ADDRESS, new byte[] {127, 0, 0, 1});
  }

  private static ExecutorService daemonThreads() {
    var pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              var thread = new Thread(task, "latchkey-testkit");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /**
   * Starts from a daemon thread, since the server's own thread inherits that: a forgotten server
   * ends with the program.
   */
  void start() {
    CompletableFuture.runAsync(server::start, executor).join();
  }

  String baseUrl() {
    return "http://" + ADDRESS + ":" + port();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Closes every connection at once, hung ones too. */
  void stop() {
    server.stop(0);
    executor.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Request request = request(exchange);
    if (request == null) {
      exchange.close();
      return;
    }
    var route = router.route(request);
    var record =
        new RecordedRequest(
            route.endpoint(),
            route.request(),
            clock.instant(),
            Duration.ofNanos(clock.nanoTime() - startedNanos));
    // Before the log, by which a test learns that a request has met its fault.
    var fault = faults.next(record);
    log.add(record);
    var wire =
        new Wire(
            exchange,
            executor,
            record,
            failure -> ErrorBody.of(failure, route.request(), clock.instant()));
    if (fault == null) {
      wire.send(act(route, record));
    } else {
      fault.action().befall(wire, () -> act(route, record));
    }
  }

  /** Null if the body is too large. */
  private @Nullable Request request(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    var uri = exchange.getRequestURI();
    var headers = exchange.getRequestHeaders();
    String baseUrl = baseUrl(exchange);
    if (streaming) {
      return Request.streaming(method, uri, headers, exchange.getRequestBody(), baseUrl);
    }
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    return body.length > MAX_BODY ? null : new Request(method, uri, headers, body, baseUrl, "");
  }

  private Answer act(Router.Route route, RecordedRequest record) {
    try {
      return route.handler().answer(route.request());
    } catch (Refusal refusal) {
      record.refused(refusal.failure());
      return ErrorBody.of(refusal.failure(), route.request(), clock.instant());
    } catch (RuntimeException bug) {
      // The JDK's server would cut the connection and keep the reason to itself.
      LOG.log(Level.ERROR, "The fake server failed on " + record, bug);
      return Answer.text(500, "The fake server has a bug: " + bug);
    }
  }

  /**
   * As the client spelled it, if it is one of our names: an issuer must equal what was asked for.
   */
  private String baseUrl(HttpExchange exchange) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    boolean ours = Set.of(ADDRESS + ":" + port(), "localhost:" + port()).contains(host);
    return ours ? "http://" + host : baseUrl();
  }
}
