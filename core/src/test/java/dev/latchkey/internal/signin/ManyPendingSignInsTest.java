package dev.latchkey.internal.signin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.AuthorizationServer;
import dev.latchkey.ClientSeams;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.error.SignInExpired;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.FakeTime;
import dev.latchkey.fixture.SignInRun;
import dev.latchkey.internal.time.Time;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A pending sign-in is a timer and, now and then, an exchange; never a thread. */
@Tag("soak")
class ManyPendingSignInsTest {

  private static final int MANY = 2_000;

  /** Eight of the HTTP client and its selector, the JDK's timer, three of the server, the JVM's. */
  private static final int FEW = 20;

  /** Those, and short-lived threads to which the JDK's client hands its results. */
  private static final int SOME = 200;

  static {
    // Otherwise each answer takes the server 40 ms. No other test has loaded it before.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final ExecutorService serverThreads = Executors.newFixedThreadPool(2);
  private final FakeTime time = new FakeTime();
  private HttpServer server;
  private volatile Body device = Body.device();

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4_096);
    server.setExecutor(serverThreads);
    server.createContext("/device", exchange -> answer(exchange, 200, device));
    Body pending = new Body().with("error", "authorization_pending");
    server.createContext("/token", exchange -> answer(exchange, 400, pending));
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
    serverThreads.shutdownNow();
  }

  @Test
  void thousandsOfPendingSignInsHoldNoThreadEach() {
    int before = reset();

    List<SignIn> pending = begin(Time.system(), 900);

    int added = threads.getPeakThreadCount() - before;
    System.out.println(MANY + " pending sign-ins: " + added + " threads more than before");
    assertThat(added).isLessThan(FEW);
    assertThat(pending).allSatisfy(signIn -> assertThat(signIn.cancel()).isTrue());
  }

  /**
   * The JDK's client also hands each answer over to the common pool, where nobody waits for it: on
   * one or two processors that is a thread each, for a moment.
   */
  @Test
  void thousandsOfSimultaneousPollsTakeFewThreadsAndReleaseThem() throws InterruptedException {
    List<SignIn> pending = begin(time, 900);
    int before = reset();

    time.advance(Duration.ofMinutes(1));
    time.awaitWaits(2 * MANY);

    int added = threads.getPeakThreadCount() - before;
    System.out.println(MANY + " polls at one moment: " + added + " threads more than before");
    assertThat(added).isLessThan(SOME);
    awaitFewerThan(before + FEW);
    assertThat(pending).allSatisfy(signIn -> assertThat(signIn.cancel()).isTrue());
    assertThat(time.pending()).isZero();
  }

  @Test
  void thousandsOfSimultaneousExpiriesTakeFewThreads() throws InterruptedException {
    List<SignIn> pending = begin(time, 10);
    int before = reset();

    time.advance(Duration.ofSeconds(10));

    for (SignIn signIn : pending) {
      SignInRun.failure(SignInExpired.class, signIn);
    }
    int added = threads.getPeakThreadCount() - before;
    System.out.println(MANY + " expiries at one moment: " + added + " threads more than before");
    assertThat(added).isLessThan(SOME);
    awaitFewerThan(before + FEW);
  }

  private void awaitFewerThan(int count) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (threads.getThreadCount() >= count) {
      assertThat(System.nanoTime() - end).as("%s threads", threads.getThreadCount()).isNegative();
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private int reset() {
    threads.resetPeakThreadCount();
    return threads.getThreadCount();
  }

  private List<SignIn> begin(Time clock, int expiresIn) {
    device = Body.device().with("expires_in", expiresIn).with("interval", Math.min(60, expiresIn));
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    PublicClient client =
        ClientSeams.builder(clock)
            .authorizationServer(
                AuthorizationServer.of(null, base.resolve("/device"), base.resolve("/token"), null))
            .clientId(SignInRun.CLIENT_ID)
            .build();
    List<SignIn> pending = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      pending.add(client.beginSignIn());
    }
    return pending;
  }

  private static void answer(HttpExchange exchange, int status, Body body) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      byte[] bytes = body.toString().getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
