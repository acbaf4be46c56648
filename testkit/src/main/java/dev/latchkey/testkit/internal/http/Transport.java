package dev.latchkey.testkit.internal.http;

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

/** The JDK's HTTP server on loopback. Reads requests, logs them and applies the faults. */
public final class Transport {

  static {
    // Otherwise JDK 17's server sends headers and body in two packets, the second 40 ms late.
    setUnlessSet("sun.net.httpserver.nodelay", "true");
    // With more than 200 idle connections, it closes some just as clients send on them.
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
  private static final Logger log = System.getLogger("dev.latchkey.testkit");

  private final HttpServer server;
  private final ExecutorService executor = daemonThreads();
  private final Router router;
  private final Faults faults;
  private final RequestLog requests;
  private final MovableClock clock;
  private final boolean streaming;
  private final long startedNanos;

  /**
   * Binds the port.
   *
   * @param streaming whether the handlers read the request bodies themselves, of any size
   */
  public Transport(
      int port,
      Router router,
      Faults faults,
      RequestLog requests,
      MovableClock clock,
      boolean streaming)
      throws IOException {
    this.router = router;
    this.faults = faults;
    this.requests = requests;
    this.clock = clock;
    this.streaming = streaming;
    this.startedNanos = clock.nanoTime();
    server = HttpServer.create(new InetSocketAddress(loopback(), port), BACKLOG);
    server.setExecutor(executor);
    server.createContext("/", this::handle);
  }

  /** Not getLoopbackAddress(), which may be ::1 while the URL says 127.0.0.1. */
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
   * Starts from a daemon thread. The server's own thread inherits that, so a server that is never
   * closed does not keep the program alive.
   */
  public void start() {
    CompletableFuture.runAsync(server::start, executor).join();
  }

  public String baseUrl() {
    return "http://" + ADDRESS + ":" + port();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Closes every connection at once, including hung ones. */
  public void stop() {
    server.stop(0);
    executor.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Request request = request(exchange);
    if (request == null) {
      exchange.close();
      return;
    }
    var routed = router.route(request);
    var logged =
        new LoggedRequest(
            routed.endpoint(),
            routed.request(),
            clock.instant(),
            Duration.ofNanos(clock.nanoTime() - startedNanos));
    // Before the log, by which a test learns that a request has met its fault.
    var fault = faults.next(logged);
    requests.add(logged);
    var wire = new Wire(exchange, executor, logged, routed.request());
    if (fault == null) {
      wire.send(act(routed));
    } else {
      fault.apply(wire, () -> act(routed));
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

  private static HttpAnswer act(Router.Routed routed) {
    try {
      return routed.handler().answer(routed.request());
    } catch (RuntimeException bug) {
      // The JDK's server would cut the connection and hide the reason.
      log.log(Level.ERROR, "The fake server failed on " + routed.request().path(), bug);
      return HttpAnswer.text(500, "The fake server has a bug: " + bug);
    }
  }

  /** As the client spelled it, if it is a name of this server: an issuer must match the URL. */
  private String baseUrl(HttpExchange exchange) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    boolean ours = Set.of(ADDRESS + ":" + port(), "localhost:" + port()).contains(host);
    return ours ? "http://" + host : baseUrl();
  }
}
